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
            Column("enrollmentId", "ENROLLMENT") { $0.enrollmentId },
            Column("on", "ORDERED ON") { $0.on },
            Column("endsOn", "YEAR ENDS ON") { $0.endsOn },
            Column("daysLeft", "DAYS LEFT", number: { $0.daysLeft }),
            Column("daysOfYear", "DAYS OF THE YEAR", number: { $0.daysOfYear }),
            Column("fee", "FEE") { $0.fee },
            Column("proratedFee", "TO PAY") { $0.proratedFee },
        ]
    }
}
