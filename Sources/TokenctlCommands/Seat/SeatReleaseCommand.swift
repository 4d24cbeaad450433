import ArgumentParser
import Registry
import RegistryAPI

struct SeatReleaseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Release a user's seat, or those of every user of a file.",
        discussion: """
            FILE has the column userPrincipalName (or user), and tenantDomain (tenant), skuPartNumber (sku) and to (on) where \
            --tenant and the other options do not say it for all rows.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String?

    @OptionGroup var rows: RowsOptions

    @OptionGroup var tenant: TenantOption

    @Option(help: ArgumentHelp("The SKU's part number, such as ENTERPRISEPACK.", valueName: "sku"))
    var sku: String?

    @Option(help: ArgumentHelp("The first day without it (default: today).", valueName: "date"))
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
                "tenant": tenant.tenant ?? shell.global.settings[.tenant], "skuPartNumber": sku, "on": on,
            ]
            return try await shell.printRows(ReleaseSeats.self, fields, file: file, write, confirmation)
        }
        let fields: WireValue = [
            "tenant": try shell.tenant(tenant.tenant), "userPrincipalName": user, "skuPartNumber": sku, "on": on,
        ]
        shell.printer.print(try await shell.call(ReleaseSeat.self, fields, shell.options(write)))
    }
}
