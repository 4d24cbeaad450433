import ArgumentParser
import Registry
import RegistryAPI

struct UserSwitchCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "switch",
        abstract: "Switch a user, or all users of a file, between the cloud and on-premises (R41).",
        discussion: """
            One step: the Office licence and the three CALs go with the seat's coming, or nothing changes. FILE is CSV \
            or NDJSON with the columns user and to (cloud or on-premises), and tenant, org and location where they are \
            needed; all of it is done or nothing, and only the end has to fit, so users may take each other's seats.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String?

    @Option(
        help: ArgumentHelp(
            "The organisation's id, also for rows of a file that name none (default: the one that is set).",
            valueName: "org"
        )
    )
    var org: String?

    @Option(help: ArgumentHelp("cloud or on-premises.", valueName: "kind"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "For the cloud: a domain of the tenant, or its id (default: the one that is set).",
            valueName: "tenant"
        )
    )
    var tenant: String?

    @Option(help: ArgumentHelp("Where the user works from then on (default: as before).", valueName: "loc"))
    var location: String?

    @OptionGroup var rows: RowsOptions

    @Option(help: ArgumentHelp("The first day of the new state (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if rows.file != nil {
            guard user == nil, to == nil, tenant == nil, location == nil else {
                throw ValidationError("--file goes with neither a user nor --to, --tenant or --location.")
            }
        } else {
            guard user != nil, to != nil else {
                throw ValidationError("Give a user with --to, or --file.")
            }
        }
    }

    func run(in shell: Shell) async throws {
        if let file = rows.file {
            let fields: WireValue = ["organization": org ?? shell.global.settings[.org], "on": on]
            let switched = try await shell.callRows(SwitchUsers.self, fields, file: file, write, confirmation) {
                planned in
                "\(counted(planned.switched, "switch", plural: "switches"))\n  to the cloud: \(planned.toCloud)\n"
                    + "  to on-premises: \(planned.toOnPremises)"
            }
            return shell.printer.print(switched)
        }
        let fields: WireValue = [
            "organization": try shell.organization(org), "user": user, "to": to,
            "tenant": to == "cloud" ? tenant ?? shell.global.settings[.tenant] : tenant, "location": location, "on": on,
        ]
        let switched = try await shell.call(SwitchUser.self, fields, shell.options(write))
        switch shell.global.format {
        case .table, .csv: shell.printer.print(SwitchRow(switched))
        case .json, .ndjson: shell.printer.print(switched)
        }
    }
}

/// A switch as a table or CSV has it, in one line.
private struct SwitchRow: Codable, Row {
    let userPrincipalName: UserPrincipalName
    let organizationId: OrganizationID
    let ended: String
    let begun: String
    let locationId: LocationID
    let on: CalendarDate
    let auditSequence: Int64
    let dryRun: Bool

    init(_ switched: Performed<SwitchResource>) {
        userPrincipalName = switched.userPrincipalName
        organizationId = switched.organizationId
        ended = Self.description(of: switched.ended)
        begun = Self.description(of: switched.begun)
        locationId = switched.begun.locationId
        on = switched.begun.from
        auditSequence = switched.auditSequence
        dryRun = switched.dryRun
    }

    private static func description(of assignment: AssignmentResource) -> String {
        if let sku = assignment.skuPartNumber, let domain = assignment.tenantDomain { return "\(sku) on \(domain)" }
        return assignment.licenses.joined(separator: ", ")
    }

    static let rowStyle = RowStyle(texts: ["dryRun": RowStyle.flag("yes: nothing was written", "no")])
}

extension SwitchResource: Row {
    static let rowStyle = RowStyle()
}

extension SwitchBatchResource: Row {
    static let rowStyle = RowStyle(headings: ["toCloud": "TO THE CLOUD", "toOnPremises": "TO ON-PREMISES"])
}
