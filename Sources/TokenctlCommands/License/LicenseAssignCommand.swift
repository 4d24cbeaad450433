import ArgumentParser
import Registry
import RegistryAPI

struct LicenseAssignCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Assign an on-premises licence to a user.",
        discussion: """
            'office-suite' is the bundle of Office Professional Plus and the SharePoint, Lync and Exchange CALs (R41). A \
            licence or CAL that was bought outside the programme is recorded with --source, and does not count (R42).
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @OptionGroup var organization: OrganizationOption

    @Option(help: ArgumentHelp("The product line, or a single licence with --source.", valueName: "product"))
    var product: String

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

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
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
