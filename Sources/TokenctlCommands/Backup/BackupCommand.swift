import ArgumentParser
import Registry
import RegistryEngines
import RegistrySQLite

struct BackupCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the registry's database into a new file, while it is in use.",
        discussion: """
            The file contains only the database. Codes in it stay sealed: without registry.key, which is in no backup, no \
            code can be opened, so keep a copy of the key elsewhere. An existing file is not overwritten.
            """
    )

    @Argument(help: "The file to create.")
    var file: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard !file.isEmpty else { throw UsageError("The backup's name is empty.") }
        let directory = try await shell.registryPlaceInUse().requireDirectory(to: "back up")
        let registry = try SQLiteRegistry.open(directory, onNotice: shell.notice)
        defer { registry.close() }
        shell.printer.print(try registry.backup(to: file))
        shell.note("The key is not in the backup; keep a copy of \(directory.keyPath) elsewhere.")
    }
}

extension BackupReport: Row {
    static let rowStyle = RowStyle(
        headings: ["path": "BACKUP", "seal": "LAST SEAL", "head": "LEDGER HEAD"]
    )
}
