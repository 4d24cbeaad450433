import ArgumentParser
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
        let input = AddSubscriptionOperation.Input(
            tenant: tenant,
            skuPartNumber: sku,
            seats: seats,
            source: source,
            endsOn: ends,
            on: on
        )
        shell.printer.print(try await shell.call(AddSubscriptionOperation.self, input, shell.options(write)))
    }
}

extension SubscriptionResource: Tabular {
    static var columns: [Column<SubscriptionResource>] {
        [
            Column("seatBlockId", "SEAT BLOCK") { $0.seatBlockId },
            Column("tenantId", "TENANT", optional: { $0.tenantId }),
            Column("tenantDomain", "DOMAIN") { $0.tenantDomain },
            Column("skuPartNumber", "SKU") { $0.skuPartNumber },
            Column("seats", "SEATS", number: { $0.seats }),
            Column("source", "SOURCE") { $0.source },
            Column("startsOn", "STARTS") { $0.startsOn },
            Column("serviceEndsOn", "SERVICE ENDS", optional: { $0.serviceEndsOn }),
            Column("auditSequence", "LEDGER ROW", number: { Int($0.auditSequence) }),
            Column("dryRun", nil) { $0.dryRun ? "true" : "false" },
        ]
    }
}
