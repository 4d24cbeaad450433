import ArgumentParser
import Registry
import RegistryAPI

struct LicenseAssignCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Assign an on-premises licence to a user, or to every user of a file.",
        discussion: """
            'office-suite' is the bundle of Office Professional Plus and the SharePoint, Lync and Exchange CALs (R41). A \
            licence or CAL that was bought outside the programme is recorded with --source, and does not count (R42).

            FILE has the column userPrincipalName (or user), and organizationId (org), product, locationId (location), \
            purpose, source and from (on) where the options do not say it for all rows: the columns of 'license list' and \
            'user list'. Rows that the registry has already are left as they are.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String?

    @OptionGroup var rows: RowsOptions

    @OptionGroup var organization: OrganizationOption

    @Option(help: ArgumentHelp("The product line, or a single licence with --source.", valueName: "product"))
    var product: String?

    @Option(help: ArgumentHelp("Where the user works (default: the headquarters).", valueName: "loc"))
    var location: String?

    @Option(
        help: ArgumentHelp(
            "internal-use (default), demonstration, training or evaluation.",
            valueName: "purpose"
        )
    )
    var purpose: String?

    @Option(help: ArgumentHelp("Where it was bought outside the programme, in your own words.", valueName: "text"))
    var source: String?

    @Option(help: ArgumentHelp("The first day (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try rows.check(user, "a user with --product", isGiven: product != nil)
    }

    func run(in shell: Shell) async throws {
        if let file = rows.file {
            let fields: WireValue = [
                "organization": organization.org ?? shell.global.settings[.org], "product": product,
                "location": location, "purpose": purpose, "source": source, "on": on,
            ]
            return try await shell.printRows(AssignLicenses.self, fields, file: file, write, confirmation)
        }
        let fields: WireValue = [
            "organization": try shell.organization(organization),
            "userPrincipalName": user,
            "product": product,
            "location": location,
            "purpose": purpose,
            "source": source,
            "on": on,
        ]
        shell.printer.print(try await shell.call(AssignLicense.self, fields, shell.options(write)))
    }
}
