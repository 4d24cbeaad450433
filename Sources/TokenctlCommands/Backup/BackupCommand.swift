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

            With --keep N the argument is a directory: the backup is named after the instant, and once it is there the \
            oldest ones of that name are removed until N are left. 'tokenctl setup systemd' prints a timer for that.
            """
    )

    @Argument(help: "The file to create; with --keep the directory to create it in.")
    var file: String

    @Option(help: ArgumentHelp("Make the backup in a directory, and keep the newest so many there.", valueName: "n"))
    var keep: Int?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard !file.isEmpty else { throw UsageError("The backup's name is empty.") }
        if let keep, !(1...10_000).contains(keep) { throw UsageError("--keep takes a number from 1 to 10000.") }
        let directory = try await shell.registryPlaceInUse().requireDirectory(to: "back up")
        let registry = try SQLiteRegistry.open(directory, onNotice: shell.notice)
        defer { registry.close() }
        let series = try keep.map { try BackupSeries(in: file, keeping: $0) }
        let path = series?.path(at: shell.clock.now()) ?? file
        let progress = shell.progress(path, .pages)
        defer { progress?.finish() }
        var report = try registry.backup(to: path) { progress?.reach($0, of: $1) }
        progress?.finish()
        if let series { report.removed = try series.prune() }
        shell.printer.print(report)
        shell.note("The key is not in the backup; keep a copy of \(directory.keyPath) elsewhere.")
    }
}

extension BackupReport: Row {
    static let rowStyle = RowStyle(
        headings: ["path": "BACKUP", "seal": "LAST SEAL", "head": "LEDGER HEAD", "removed": "REMOVED"]
    )
}
