import ArgumentParser
import Registry
import RegistryAPI

struct RenewalCalendarCommand: TokenctlCommand {
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

    @Option(help: ArgumentHelp("ical, table, json, csv or ndjson (default: as -o says).", valueName: "format"))
    var format: Format?

    @OptionGroup var global: GlobalOptions

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case ical
        case table
        case json
        case csv
        case ndjson
    }

    func run(in shell: Shell) async throws {
        let page = { (cursor: String?) in
            try await shell.call(ListRenewalCalendar.self, ["organization": organization, "after": cursor])
        }
        if format == .ical {
            try await printCalendarFile(shell, page)
            return
        }
        let output = format.flatMap { OutputFormat(rawValue: $0.rawValue) } ?? shell.printer.format
        try await Printer(format: output, terminal: shell.terminal).print { cursor in
            let entries = try await page(cursor)
            return (entries.items.flatMap(CalendarRow.rows), entries.next?.text)
        }
    }

    private func printCalendarFile(
        _ shell: Shell,
        _ page: (String?) async throws -> Page<CalendarResource, RenewalKey>
    ) async throws {
        let calendar = CalendarFile(at: shell.clock.now())
        var cursor: String?
        shell.terminal.write(calendar.beginning(named: organization.map { "Renewals of \($0)" } ?? "Renewals"))
        repeat {
            let entries = try await page(cursor)
            for entry in entries.items { shell.terminal.write(calendar.events(of: entry)) }
            cursor = entries.next?.text
        } while cursor != nil
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
