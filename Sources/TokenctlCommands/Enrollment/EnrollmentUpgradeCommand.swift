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
        var fields: WireValue = ["enrollment": enrollment, "on": on, "silverFee": silverFee, "goldFee": goldFee]
        let quote: GoldUpgradeQuoteResource
        do {
            quote = try await shell.call(QuoteGoldUpgrade.self, fields)
        } catch let problem as Problem where problem.member("field") == "silverFee" && shell.global.asksQuestions {
            fields = fields.setting("silverFee", to: try shell.askForNumber("The silver fee, in cents"))
            quote = try await shell.call(QuoteGoldUpgrade.self, fields)
        }
        guard apply else {
            shell.printer.print(quote)
            return
        }
        let upgrade = try await shell.callConfirmed(UpgradeToGold.self, fields, write, confirmation) { upgrade in
            let voided = upgrade.voided.map(\.description).joined(separator: ", ")
            return Confirmation(
                "Gold takes the place of \(upgrade.enrollmentId) on \(upgrade.purchasedOn) as \(upgrade.successorId), for "
                    + "\(upgrade.year.startsOn) to \(upgrade.year.endsOn). Due: \(upgrade.amountDue) cents. "
                    + (voided.isEmpty ? "No token is void." : "Void: \(voided)."),
                typing: upgrade.enrollmentId.value
            )
        }
        shell.printer.print(upgrade)
    }
}

extension GoldUpgradeResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "successorId": "GOLD", "amountDue": "AMOUNT DUE (CENTS)", "issued": "TOKENS ISSUED",
            "voided": "TOKENS VOIDED",
        ],
        texts: ["year": { "\($0["startsOn"].cellText) to \($0["endsOn"].cellText)" }]
    )
}

extension GoldUpgradeQuoteResource: Row {
    static let rowStyle = RowStyle(headings: ["amountDue": "AMOUNT DUE (CENTS)"])
}
