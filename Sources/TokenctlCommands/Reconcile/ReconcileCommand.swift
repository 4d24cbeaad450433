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
            units and more, are left out and named. Nothing is changed at Microsoft, and nothing here without --apply, \
            which records the tenant's id and who holds a seat: all of it, or nothing where the registry refuses a user. \
            What would need a decision, such as a redemption, is left to the command that is shown.

            --adopt DIR is for a first day with a tenant that has lived for years: it writes the purchases and the users to \
            record as files in DIR, and prints the commands that take them, in their order. Look at the files, run the \
            commands, and reconcile again. Several files of the tenant may be given, such as its SKUs and its users.
            """
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id; with --org a file.", valueName: "tenant"))
    var tenant: String

    @Argument(
        help: ArgumentHelp(
            "The export, or - for standard input; with --org more files, or folders of files.",
            valueName: "file"
        )
    )
    var files: [String] = []

    @Option(
        help: ArgumentHelp("Compare files of any of this organisation's tenants; each says which.", valueName: "org")
    )
    var org: String?

    @Option(help: ArgumentHelp("A SKU to leave out; may be repeated.", valueName: "sku"))
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write what is to be recorded into this folder, as files for the bulk commands.",
            valueName: "dir"
        )
    )
    var adopt: String?

    @Option(
        help: ArgumentHelp("With --adopt: where the seats were bought (default: bought earlier).", valueName: "text")
    )
    var source: String?

    @Flag(help: "Record the tenant's id, and assign and release users.")
    var apply = false

    @Flag(help: "With --apply: a user who is refused does not stop the others.")
    var oneByOne = false

    @Option(
        help: ArgumentHelp(
            "With --apply or --adopt: where the users work (default: the headquarters).",
            valueName: "loc"
        )
    )
    var location: String?

    @Option(
        help: ArgumentHelp(
            "With --apply or --adopt: internal-use (default), demonstration, training or evaluation.",
            valueName: "purpose"
        )
    )
    var purpose: String?

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 10 if differences are left.")
    var detailedExitCode = false

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard org != nil || files.count == 1 || (adopt != nil && !files.isEmpty) else {
            throw ValidationError("Give the tenant and one file; several files go with --org or --adopt.")
        }
        if adopt != nil, apply {
            throw ValidationError("--adopt proposes what --apply would record; give one of them.")
        }
        guard adopt != nil || source == nil else { throw ValidationError("--source goes with --adopt.") }
        let isPlain =
            !oneByOne && (adopt != nil || (location == nil && purpose == nil)) && !write.isDryRun
            && write.idempotencyKey == nil && write.overrides.isEmpty
        guard apply || isPlain else {
            throw ValidationError(
                "--one-by-one, --location, --purpose, --dry-run, --idempotency-key and --override go with --apply."
            )
        }
    }

    func run(in shell: Shell) async throws {
        if let adopt { return try await propose(in: adopt, shell) }
        if let org { return try await run(on: org, in: shell) }
        let report = try await report(of: UploadedFile(path: files[0]), on: tenant, in: shell)
        try report.print(in: shell)
        if detailedExitCode, !report.differences.isEmpty { throw ExitStatus(code: 10) }
    }

    /// One file after another: one that cannot be read, or says nothing of which tenant it is of, leaves the others be.
    private func run(on organization: String, in shell: Shell) async throws {
        var batch = try ReconciliationBatch(shell: shell)
        for path in ([tenant] + files).flatMap(ReconciliationBatch.files(at:)) {
            do {
                let file = try UploadedFile(path: path)
                let found = try await shell.call(
                    ReconcileOrganization.self,
                    ["organization": organization, "ignore": ignore],
                    file: file
                )
                let report =
                    apply
                    ? try await report(of: file, on: found.tenantDomain.value, in: shell)
                    : ReconciliationReport(found, isDryRun: nil)
                try batch.add(report, of: path)
            } catch let problem as Problem where ReconciliationBatch.isOfTheFile(problem) {
                batch.add(problem, of: path)
            } catch let refusal as Refusal {
                batch.add(Problem(refusal, requestID: shell.options().requestID), of: path)
            }
        }
        try batch.finish(detailedExitCode: detailedExitCode)
    }

    /// Of several files nothing is proposed where one of them cannot be read: it might settle what another one tells.
    private func propose(in directory: String, _ shell: Shell) async throws {
        var proposal = AdoptionProposal(directory: directory, source: source, location: location, purpose: purpose)
        for path in (org == nil ? files : [tenant] + files).flatMap(ReconciliationBatch.files(at:)) {
            let file = try UploadedFile(path: path)
            let fields: WireValue = ["ignore": ignore, "adopt": true]
            let answer =
                if let org {
                    try await shell.call(
                        ReconcileOrganization.self,
                        fields.setting("organization", to: org),
                        file: file
                    )
                } else {
                    try await shell.call(ReconcileTenant.self, fields.setting("tenant", to: tenant), file: file)
                }
            ReconciliationReport(answer, isDryRun: nil).tell(in: shell)
            proposal.add(answer)
        }
        let report = try proposal.write()
        report.print(in: shell)
        if detailedExitCode, !report.steps.isEmpty || !report.left.isEmpty { throw ExitStatus(code: 10) }
    }

    private func report(of file: UploadedFile, on tenant: String, in shell: Shell) async throws -> ReconciliationReport
    {
        let fields: WireValue = ["tenant": tenant, "ignore": ignore]
        guard apply else {
            return ReconciliationReport(try await shell.call(ReconcileTenant.self, fields, file: file), isDryRun: nil)
        }
        let applied = try await shell.call(
            ApplyReconciliation.self,
            fields.setting("location", to: location).setting("purpose", to: purpose)
                .setting("oneByOne", to: oneByOne ? true : nil),
            file: file,
            shell.options(write)
        )
        return ReconciliationReport(applied.answer, isDryRun: applied.dryRun)
    }
}
