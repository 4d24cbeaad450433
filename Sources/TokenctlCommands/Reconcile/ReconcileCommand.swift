import ArgumentParser
import Registry
import RegistryAPI

struct ReconcileCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compare a tenant's record with what Microsoft's tools show of it.",
        discussion: """
            FILE is an export, as it is; what it is shows in what it says: Microsoft Graph's subscribedSkus, \
            directory/subscriptions or users (with assignedLicenses), the admin centre's list of users, the output of \
            'm365 entra license list', Get-MgSubscribedSku or Get-MsolAccountSku, Partner Center's subscribed SKUs or \
            licence usage. JSON, CSV and PowerShell's tables are read; several pages may follow one another in one file.

            Each difference is told with its cause and the command that settles it. SKUs that are free, or have 10,000 \
            units and more, are left out and named. Nothing is changed here or at Microsoft.
            """
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @Argument(help: ArgumentHelp("The export, or - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("A SKU to leave out; may be repeated.", valueName: "sku"))
    var ignore: [String] = []

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 10 if there are differences.")
    var detailedExitCode = false

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let answer = try await shell.call(
            ReconcileTenant.self,
            ["tenant": tenant, "ignore": ignore],
            file: try UploadedFile(path: file)
        )
        try ReconciliationReport(answer).print(in: shell)
        if detailedExitCode, !answer.differences.isEmpty { throw ExitStatus(code: 10) }
    }
}
