import ArgumentParser
import Registry
import RegistryAPI

struct UserSwitchCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "switch",
        abstract: "Switch a user, or all users of a file, between the cloud and on-premises (R41).",
        discussion: """
            One step: the Office licence and the three CALs go with the seat's coming, or nothing changes. FILE is CSV \
            with the columns user and to (cloud or on-premises), and tenant, org and location where they are needed; all \
            of it is done or nothing, and only the end has to fit, so users may take each other's seats.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String?

    @Option(help: ArgumentHelp("The organisation's id; for rows of a file that name none, too.", valueName: "org"))
    var org: String?

    @Option(help: ArgumentHelp("cloud or on-premises.", valueName: "kind"))
    var to: String?

    @Option(help: ArgumentHelp("For the cloud: a domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String?

    @Option(help: ArgumentHelp("Where the user works from then on (default: as before).", valueName: "loc"))
    var location: String?

    @Option(help: ArgumentHelp("A CSV file of switches, or - for standard input.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The first day of the new state (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if file != nil {
            guard user == nil, to == nil, tenant == nil, location == nil else {
                throw ValidationError("--file goes with neither a user nor --to, --tenant or --location.")
            }
        } else {
            guard user != nil, org != nil, to != nil else {
                throw ValidationError("Give a user with --org and --to, or --file.")
            }
        }
    }

    func run(in shell: Shell) async throws {
        if let file {
            let answer = try await shell.upload(
                SwitchUsersOperation.self,
                .init(organization: org, on: on),
                file: try UploadedFile(path: file),
                try shell.options(write)
            )
            shell.printer.print(answer)
            return
        }
        let input = SwitchUserOperation.Input(
            organization: org ?? "",
            user: user ?? "",
            to: to ?? "",
            tenant: tenant,
            location: location,
            on: on
        )
        shell.printer.print(try await shell.call(SwitchUserOperation.self, input, shell.options(write)))
    }
}

extension SwitchResource: Tabular {
    static var columns: [Column<SwitchResource>] {
        [
            Column("userPrincipalName", "USER") { $0.userPrincipalName },
            Column("organizationId", "ORGANISATION") { $0.organizationId },
            Column("ended", "ENDED") { describe($0.ended) },
            Column("begun", "BEGUN") { describe($0.begun) },
            Column("locationId", "LOCATION") { $0.begun.locationId },
            Column("on", "ON") { $0.begun.from },
            Column("auditSequence", "LEDGER ROW", number: { Int($0.auditSequence) }),
            Column("dryRun", "DRY RUN") { $0.dryRun ? "yes: nothing was written" : "no" },
        ]
    }

    private static func describe(_ assignment: AssignmentResource) -> String {
        if let sku = assignment.skuPartNumber, let domain = assignment.tenantDomain { return "\(sku) on \(domain)" }
        return assignment.licenses.joined(separator: ", ")
    }
}

extension SwitchBatchResource: Tabular {
    static var columns: [Column<SwitchBatchResource>] {
        [
            Column("switched", "SWITCHED", number: { $0.switched }),
            Column("toCloud", "TO THE CLOUD", number: { $0.toCloud }),
            Column("toOnPremises", "TO ON-PREMISES", number: { $0.toOnPremises }),
            Column("auditSequence", "LEDGER ROW", number: { Int($0.auditSequence) }),
            Column("dryRun", "DRY RUN") { $0.dryRun ? "yes: nothing was written" : "no" },
        ]
    }
}
