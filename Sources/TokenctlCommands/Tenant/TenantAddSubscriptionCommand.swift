import ArgumentParser
import Registry
import RegistryAPI

struct TenantAddSubscriptionCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-subscription",
        abstract: "Record seats that were bought outside the programme (R39)."
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @Option(help: ArgumentHelp("The SKU's part number.", valueName: "sku"))
    var sku: String

    @Option(help: ArgumentHelp("How many seats.", valueName: "n"))
    var seats: Int

    @Option(help: ArgumentHelp("Where they were bought, in your words.", valueName: "text"))
    var source: String

    @Option(help: ArgumentHelp("The last day of the service (default: none is stated).", valueName: "date"))
    var ends: String?

    @Option(help: ArgumentHelp("When they were bought (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
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
