import ArgumentParser
import RegistryAPI

struct EnrollmentUpgradeCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Show what going from silver to gold costs, and the new anniversary (R09).",
        discussion: """
            Nothing is changed: record the purchase with 'tokenctl enrollment add ORG --program gold-competency'. Fees \
            are in the currency's minor unit, such as cents. Partner Membership Center takes the difference, or the \
            whole gold fee in the last 90 days; Partner Center takes a quarter off the gold fee.
            """
    )

    @Argument(help: ArgumentHelp("The silver enrollment's id.", valueName: "enr"))
    var enrollment: String

    @Option(help: ArgumentHelp("The day of the purchase (default: today).", valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp("The silver fee; not used by Partner Center.", valueName: "cents"))
    var silverFee: Int = 0

    @Option(help: ArgumentHelp("The gold fee.", valueName: "cents"))
    var goldFee: Int

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let input = QuoteGoldUpgradeOperation.Input(
            enrollment: enrollment,
            on: on,
            silverFee: silverFee,
            goldFee: goldFee
        )
        shell.printer.print(try await shell.call(QuoteGoldUpgradeOperation.self, input))
    }
}

extension QuoteGoldUpgradeOperation.Output: Tabular {
    static var columns: [Column<QuoteGoldUpgradeOperation.Output>] {
        [
            Column("enrollmentId", "ENROLLMENT") { $0.enrollmentId },
            Column("portal", "PORTAL") { $0.portal },
            Column("purchasedOn", "PURCHASED ON") { $0.purchasedOn },
            Column("amountDue", "AMOUNT DUE (CENTS)", number: { $0.amountDue }),
            Column("anniversary", "ANNIVERSARY") { $0.anniversary },
        ]
    }
}
