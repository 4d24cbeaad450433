import ArgumentParser
import Registry
import RegistryAPI

struct CorrectSubscriptionCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "subscription",
        abstract: "Correct a purchased subscription, renew it or record that it was cancelled.",
        discussion: """
            Its id is the block's in 'tokenctl seat list TENANT -o json'. For another term, give the new last day.
            """
    )

    @Argument(help: ArgumentHelp("The subscription's id, such as B12.", valueName: "block"))
    var subscription: String

    @Option(help: ArgumentHelp("How many seats it has.", valueName: "number"))
    var seats: Int?

    @Option(help: ArgumentHelp("Its SKU.", valueName: "sku"))
    var sku: String?

    @Option(help: ArgumentHelp("Where it was bought.", valueName: "text"))
    var source: String?

    @Option(help: ArgumentHelp("The last day of its service.", valueName: "date"))
    var ends: String?

    @Option(help: ArgumentHelp("The first day without it.", valueName: "date"))
    var cancelled: String?

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "subscription": subscription, "seats": seats, "skuPartNumber": sku, "source": source, "endsOn": ends,
            "cancelledOn": cancelled,
        ]
        try await shell.correct(CorrectSubscription.self, fields, correction, write)
    }
}
