import ArgumentParser
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
        let input = QuoteMediaOperation.Input(enrollment: enrollment, fee: fee, on: on, product: product)
        let quote = try await shell.call(QuoteMediaOperation.self, input)
        shell.warn(quote.warnings)
        shell.printer.print(quote)
    }
}

extension MediaQuoteResource: Tabular {
    static var columns: [Column<MediaQuoteResource>] {
        [
            Column("enrollmentId", "Enrollment") { $0.enrollmentId },
            Column("on", "Ordered on") { $0.on },
            Column("endsOn", "Year ends on") { $0.endsOn },
            Column("daysLeft", "Days left", number: { $0.daysLeft }),
            Column("daysOfYear", "Days of the year", number: { $0.daysOfYear }),
            Column("fee", "Fee") { $0.fee },
            Column("proratedFee", "To pay") { $0.proratedFee },
        ]
    }
}
