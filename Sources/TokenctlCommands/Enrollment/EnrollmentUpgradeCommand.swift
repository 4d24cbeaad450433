import ArgumentParser
import Registry
import RegistryAPI

struct EnrollmentUpgradeCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Show what going from silver to gold costs, or record it with --apply (R09).",
        discussion: """
            Fees are in the currency's minor unit, such as cents. Partner Membership Center takes the difference between \
            the two, or the whole gold fee in the last 90 days of the year, and the anniversary stays; Partner Center takes \
            a quarter off the gold fee, and a new year begins with the purchase.

            With --apply gold takes silver's place from the day of the purchase: users keep their seats, and what was not \
            redeemed of silver's tokens is void. Without it nothing is changed.
            """
    )

    @Argument(help: ArgumentHelp("The silver enrollment's id.", valueName: "enr"))
    var enrollment: String

    @Option(help: ArgumentHelp("The day of the purchase (default: today).", valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp("The silver fee, for the difference at Partner Membership Center.", valueName: "cents"))
    var silverFee: Int?

    @Option(help: ArgumentHelp("The gold fee.", valueName: "cents"))
    var goldFee: Int

    @Flag(help: "Record the upgrade, instead of only telling what it costs.")
    var apply = false

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        var input = QuoteGoldUpgradeOperation.Input(
            enrollment: enrollment,
            on: on,
            silverFee: silverFee,
            goldFee: goldFee
        )
        let quote: QuoteGoldUpgradeOperation.Output
        do {
            quote = try await shell.call(QuoteGoldUpgradeOperation.self, input)
        } catch let problem as Problem where problem.member("field") == "silverFee" && shell.global.asksQuestions {
            input.silverFee = try shell.askForNumber("The silver fee, in cents")
            quote = try await shell.call(QuoteGoldUpgradeOperation.self, input)
        }
        guard apply else {
            shell.printer.print(quote)
            return
        }
        let upgrade = try await shell.callConfirmed(UpgradeToGoldOperation.self, input, write, confirmation) {
            upgrade in
            let void = upgrade.voided.isEmpty ? "No token is void." : "Void: \(upgrade.voided.joined(separator: ", "))."
            return Confirmation(
                "Gold takes the place of \(upgrade.enrollmentId) on \(upgrade.purchasedOn) as \(upgrade.successorId), for "
                    + "\(upgrade.year.startsOn) to \(upgrade.year.endsOn). Due: \(upgrade.amountDue) cents. \(void)",
                typing: upgrade.enrollmentId
            )
        }
        shell.printer.print(upgrade)
    }
}

extension UpgradeToGoldOperation.Output: Tabular {
    static var columns: [Column<UpgradeToGoldOperation.Output>] {
        [
            Column("enrollmentId", "ENROLLMENT") { $0.enrollmentId },
            Column("organizationId", "ORGANISATION") { $0.organizationId },
            Column("successorId", "GOLD") { $0.successorId },
            Column("portal", "PORTAL") { $0.portal },
            Column("purchasedOn", "PURCHASED ON") { $0.purchasedOn },
            Column("amountDue", "AMOUNT DUE (CENTS)", number: { $0.amountDue }),
            Column("year", "YEAR") { "\($0.year.startsOn) to \($0.year.endsOn)" },
            Column("anniversary", "ANNIVERSARY") { $0.anniversary },
            Column("issued", "TOKENS ISSUED") { $0.issued.joined(separator: " ") },
            Column("voided", "TOKENS VOIDED") { $0.voided.joined(separator: " ") },
            Column("auditSequence", "LEDGER ROW", number: { Int($0.auditSequence) }),
            Column("dryRun", "DRY RUN") { $0.dryRun ? "yes: nothing was written" : "no" },
        ]
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
