import ArgumentParser
import Registry
import RegistryEngines
import RegistrySQLite

struct RegistryExportKeyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-key",
        abstract: "Copy the registry's key into a new file, under a passphrase.",
        discussion: """
            Without the key no code can be found or opened, and no backup contains it. Keep the copy apart from the backups. \
            Whoever has both the copy and the passphrase can open every code, so the ledger says that it was made. An \
            existing file is not overwritten.
            """
    )

    @Argument(help: "The file to create.")
    var file: String

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard !file.isEmpty else { throw UsageError("The file's name is empty.") }
        let place = try await shell.registryPlaceInUse()
        let registry = try place.open(onNotice: shell.notice)
        defer { registry.close() }
        let answer = try await registry.exportKey(
            under: passphrase.new(in: shell),
            by: Shell.localCaller(place),
            clock: shell.clock,
            requestID: shell.options().requestID,
            keep: { try SecretFile.create(file, $0) }
        )
        shell.printer.print(answer)
        shell.note("Keep \(file) and the passphrase apart from each other and from the backups.")
    }
}

extension KeyExportResource: Row {
    static let rowStyle = RowStyle(
        headings: ["key": "KEY FILE", "fingerprint": "FINGERPRINT", "sealingKeys": "SEALING KEYS"]
    )
}
