import ArgumentParser
import Registry
import RegistryAPI

struct RenewalDueCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: "List the enrollments due for renewal, by their last day.",
        discussion: """
            Lists enrollments whose renewal window is open (at Partner Membership Center the last 90 days of the year, at \
            Partner Center the 30 days after it) and, with --within, those whose year ends soon. Enrollments that have \
            lapsed are not listed: they can no longer be renewed.
            """
    )

    @Option(
        help: ArgumentHelp("Also list those whose year ends within this time, such as 30d or 8w.", valueName: "time")
    )
    var within: Days = Days(count: 30)

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 10 if something is due.")
    var detailedExitCode = false

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        var isDue = false
        try await shell.list(ListDueRenewals.self, ["within": within.count], by: shell.printer) { due in
            isDue = true
            return [due]
        }
        if detailedExitCode, isDue { throw ExitStatus(code: 10) }
    }
}

/// A number of days: `30d`, `8w`, or a bare number.
struct Days: ExpressibleByArgument {
    let count: Int

    init(count: Int) {
        self.count = count
    }

    init?(argument: String) {
        let isWeeks = argument.hasSuffix("w")
        let digits = isWeeks || argument.hasSuffix("d") ? argument.dropLast() : argument[...]
        guard let number = Int(digits), (0...36_500).contains(number), (0...36_500).contains(number * (isWeeks ? 7 : 1))
        else { return nil }
        count = number * (isWeeks ? 7 : 1)
    }

    var defaultValueDescription: String { "\(count)d" }
}

extension DueRenewalResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "program": "PROGRAMME", "endsOn": "ENDS", "windowOpensOn": "WINDOW OPENS",
            "windowClosesOn": "WINDOW CLOSES", "daysLeft": "DAYS TO RENEW", "tokenDaysLeft": "DAYS FOR TOKENS",
        ],
        yielding: ["organizationId", "endsOn", "program", "windowOpensOn"],
        texts: ["warning": { $0[text: "detail"] }]
    )
}
