import ArgumentParser
import Registry
import RegistryEngines

struct RegistryImportKeyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-key",
        abstract: "Put the registry's key in its place, from a copy that export-key made.",
        discussion: """
            Into an existing directory, before a backup is restored there; or on another host of a registry on PostgreSQL, \
            also to bring its copy up to date after the key was rotated. A key that is there is never replaced by another \
            registry's, and a registry that is there has to be the key's.
            """
    )

    @Argument(help: "The copy.")
    var file: String

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let place = try await shell.registryPlaceInUse()
        let copy = try InputFile.contents(of: file)
        let answer = try place.importKey(copy, from: file, with: passphrase.known(in: shell))
        shell.printer.print(answer)
    }
}

extension KeyPlacementResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "key": "KEY FILE", "fingerprint": "FINGERPRINT", "sealingKeys": "SEALING KEYS", "changed": "CHANGED",
        ]
    )
}
