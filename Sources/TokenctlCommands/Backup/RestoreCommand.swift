import ArgumentParser
import Registry
import RegistryEngines
import RegistrySQLite

struct RestoreCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Replace the registry's database with a backup.",
        discussion: """
            Verifies the backup first, and keeps the database that it replaces, renamed. The registry's key must be \
            there: it is in no backup. If rows were committed after the backup, the registry stays closed until \
            'tokenctl audit accept-rollback' gives a reason: redemptions may be missing.
            """
    )

    @Argument(help: "The backup.")
    var file: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let directory = try await shell.registryPlaceInUse().requireDirectory(to: "restore")
        if !confirmation.yes {
            try shell.confirm(
                Confirmation(
                    "The backup \(file) replaces the registry's database in \(directory.path), which is kept "
                        + "beside it. Whatever was committed after the backup is lost.",
                    typing: "restore"
                )
            )
        }
        let report = try SQLiteRegistry.restore(directory, from: file, at: shell.clock.now())
        shell.printer.print(report)
        if let rollback = report.rollback {
            shell.note("\(rollback) Next: tokenctl audit accept-rollback --reason TEXT")
        }
    }
}

extension RestoreReport: Row {
    static let rowStyle = RowStyle(
        headings: ["seal": "LAST SEAL", "replaced": "REPLACED DATABASE", "rollback": "MISSING"]
    )
}
