import ArgumentParser
import Registry
import RegistryAPI

struct MediaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "media",
        abstract: "Physical media.",
        subcommands: [MediaQuoteCommand.self]
    )
}

struct MediaQuoteCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote",
        abstract: "Prorate the fee of physical media to what is left of an enrollment's year (R17)."
    )

    @Argument(help: ArgumentHelp("The enrollment's id.", valueName: "enr"))
    var enrollment: String

    @Option(help: ArgumentHelp("The fee of the whole year, such as 120 or 120.50.", valueName: "amount"))
    var fee: String

    @Option(help: ArgumentHelp("The day of the order (default: today).", valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp("The product wanted; only core products come on media.", valueName: "product"))
    var product: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["enrollment": enrollment, "fee": fee, "on": on, "product": product]
        let quote = try await shell.call(QuoteMedia.self, fields)
        shell.warn(quote.warnings)
        shell.printer.print(quote)
    }
}

extension MediaQuoteResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "on": "ORDERED ON", "endsOn": "YEAR ENDS ON", "daysOfYear": "DAYS OF THE YEAR", "proratedFee": "TO PAY",
        ]
    )
}
