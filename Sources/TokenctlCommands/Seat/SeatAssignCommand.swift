import ArgumentParser
import Registry
import RegistryAPI

struct SeatAssignCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Assign a seat on a tenant to a user.",
        discussion: """
            Only seats that are enabled and licensed take somebody (R32). A seat of the programme counts in the country \
            of the user's location, against the maxima and the entitlement (R02, R05, R41); for demonstration and \
            training it does not (R06). When the programme's seats are used up, a purchased seat of the SKU is given, \
            which does not count either.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @OptionGroup var tenant: TenantOption

    @Option(help: ArgumentHelp("The SKU's part number, such as ENTERPRISEPACK.", valueName: "sku"))
    var sku: String

    @Option(help: ArgumentHelp("Where the user works (default: the headquarters).", valueName: "loc"))
    var location: String?

    @Option(
        help: ArgumentHelp(
            "internal-use (default), demonstration, training or evaluation.",
            valueName: "purpose"
        )
    )
    var purpose: String?

    @Option(
        help: ArgumentHelp("Take a seat of the 'program', or of the purchase with these words.", valueName: "text")
    )
    var source: String?

    @Option(help: ArgumentHelp("The first day (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "tenant": try shell.tenant(tenant.tenant),
            "userPrincipalName": user,
            "skuPartNumber": sku,
            "location": location,
            "purpose": purpose,
            "source": source,
            "on": on,
        ]
        shell.printer.print(try await shell.call(AssignSeat.self, fields, shell.options(write)))
    }
}
