import ArgumentParser
import Registry
import RegistryAPI

struct TenantAddSubscriptionCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-subscription",
        abstract: "Record seats that were bought outside the programme, one purchase or those of a file (R39).",
        discussion: """
            FILE has the columns tenantDomain (or tenant), skuPartNumber (sku), seats and source, and serviceEndsOn (ends) and \
            startsOn (on): those of what is recorded. The options say it for all rows.
            """
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String?

    @OptionGroup var rows: RowsOptions

    @Option(help: ArgumentHelp("The SKU's part number.", valueName: "sku"))
    var sku: String?

    @Option(help: ArgumentHelp("How many seats.", valueName: "n"))
    var seats: Int?

    @Option(help: ArgumentHelp("Where they were bought, in your words.", valueName: "text"))
    var source: String?

    @Option(help: ArgumentHelp("The last day of the service (default: none is stated).", valueName: "date"))
    var ends: String?

    @Option(help: ArgumentHelp("When they were bought (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard rows.file == nil || seats == nil else { throw ValidationError("The rows of a file say how many seats.") }
        // A tenant beside a file is that of all rows.
        guard rows.file == nil else { return }
        try rows.check(
            tenant,
            "a tenant with --sku, --seats and --source",
            isGiven: sku != nil && seats != nil && source != nil
        )
    }

    func run(in shell: Shell) async throws {
        if let file = rows.file {
            let fields: WireValue = [
                "tenant": tenant, "skuPartNumber": sku, "source": source, "endsOn": ends, "on": on,
            ]
            return try await shell.printRows(AddSubscriptions.self, fields, file: file, write, confirmation)
        }
        let fields: WireValue = [
            "tenant": tenant,
            "skuPartNumber": sku,
            "seats": seats,
            "source": source,
            "endsOn": ends,
            "on": on,
        ]
        shell.printer.print(try await shell.call(AddSubscription.self, fields, shell.options(write)))
    }
}

extension SubscriptionResource: Row {
    static let rowStyle = RowStyle(
        headings: ["startsOn": "STARTS", "serviceEndsOn": "SERVICE ENDS"],
        hidden: ["dryRun"]
    )
}
