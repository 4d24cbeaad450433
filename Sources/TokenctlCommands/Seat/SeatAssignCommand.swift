import ArgumentParser
import Registry
import RegistryAPI

struct SeatAssignCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Assign a seat on a tenant to a user, or to every user of a file.",
        discussion: """
            Only seats that are enabled and licensed take somebody (R32). A seat of the programme counts in the country \
            of the user's location, against the maxima and the entitlement (R02, R05, R41); for demonstration and \
            training it does not (R06). When the programme's seats are used up, a purchased seat of the SKU is given, \
            which does not count either.

            FILE has the column userPrincipalName (or user), and tenantDomain (tenant), skuPartNumber (sku), locationId \
            (location), purpose, source and from (on) where --tenant and the other options do not say it for all rows: \
            the columns of 'seat list --users' and 'user list'. Rows that the registry has already are left as they are.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String?

    @OptionGroup var rows: RowsOptions

    @OptionGroup var tenant: TenantOption

    @Option(help: ArgumentHelp("The SKU's part number, such as ENTERPRISEPACK.", valueName: "sku"))
    var sku: String?

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

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try rows.check(user, "a user with --sku", isGiven: sku != nil)
    }

    func run(in shell: Shell) async throws {
        if let file = rows.file {
            let fields: WireValue = [
                "tenant": tenant.tenant ?? shell.global.settings[.tenant], "skuPartNumber": sku, "location": location,
                "purpose": purpose, "source": source, "on": on,
            ]
            return try await shell.printRows(AssignSeats.self, fields, file: file, write, confirmation)
        }
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
