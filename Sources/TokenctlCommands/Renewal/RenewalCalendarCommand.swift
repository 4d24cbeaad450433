import ArgumentParser
import Registry
import RegistryAPI

struct RenewalCalendarCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "List the dates of coming renewals: reminders, windows and ends.",
        discussion: """
            Of one organisation, or of all. '--format ical' gives a calendar file (RFC 5545) with alarms, which calendar \
            programs read.
            """
    )

    @Argument(help: ArgumentHelp("The organisation's id (default: all).", valueName: "org"))
    var organization: String?

    @Option(
        help: ArgumentHelp("ical, table, json, csv or ndjson (default: as -o says).", valueName: "format"),
        completion: Format.completion,
        transform: Format.chosen
    )
    var format: Format?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    enum Format: String, CommandLineChoice {
        case ical
        case table
        case json
        case csv
        case ndjson
    }

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": organization]
        guard format == .ical else {
            var printer = shell.printer
            if let output = format.flatMap({ OutputFormat(rawValue: $0.rawValue) }) { printer.format = output }
            return try await shell.list(ListRenewalCalendar.self, fields, by: printer, rows: CalendarRow.rows)
        }
        let calendar = CalendarFile(at: shell.clock.now())
        shell.terminal.write(calendar.beginning(named: organization.map { "Renewals of \($0)" } ?? "Renewals"))
        try await shell.connect().pages(of: ListRenewalCalendar.self, fields, shell.options()) { page in
            for entry in page.items { shell.terminal.write(calendar.events(of: entry)) }
        }
        shell.terminal.write(calendar.end)
    }
}

/// One day of the calendar.
struct CalendarRow: Codable, Row {
    let date: CalendarDate
    let event: CalendarResource.Event
    let enrollmentId: EnrollmentID
    let organizationId: OrganizationID
    let program: ProgramID

    static func rows(of entry: CalendarResource) -> [CalendarRow] {
        entry.days.map { day in
            CalendarRow(
                date: day.date,
                event: day.event,
                enrollmentId: entry.enrollmentId,
                organizationId: entry.organizationId,
                program: entry.program
            )
        }
    }

    static let rowStyle = RowStyle(headings: ["program": "PROGRAMME"])
}
