import Registry
import RegistryAPI

/// What is told, in one of its forms.
struct NoticeText {
    let organizations: [OrganizationNoticesResource]
    let clock: any InstantSource

    init(_ organizations: [OrganizationNoticesResource], clock: any InstantSource) {
        self.organizations = organizations
        self.clock = clock
    }

    /// - Parameter terminal: nil for what a command takes.
    func text(as format: NotifyCommand.Format, for terminal: (any Terminal)?) -> String {
        switch format {
        case .json: return Printer.json(organizations.flatMap { $0.notices.map(NoticeRow.init) }) + "\n"
        case .ical:
            let calendar = CalendarFile(at: clock.now())
            return calendar.beginning(named: "Cloud tokens")
                + organizations.flatMap { organization in
                    organization.notices.map { calendar.event(of: $0, today: organization.asOf) }
                }.joined() + calendar.end
        case .text:
            if let terminal, terminal.isOutputJournal { return journalText }
            let lines = NoticeLines(terminal: terminal ?? PlainTerminal(), withCommands: true)
            return organizations.map(lines.text(of:)).joined(separator: "\n")
        }
    }

    /// A line each, with the priority that `journalctl -p` looks for.
    private var journalText: String {
        organizations.flatMap { organization in
            organization.notices.map { notice in
                let day = notice.on.map { " [\($0)]" } ?? ""
                let rule = notice.rule.map { " (\($0.rawValue))" } ?? ""
                return notice.severity.priority.prefix
                    + "\(organization.organizationId): \(notice.text)\(rule)\(day)".escaped + "\n"
            }
        }.joined()
    }
}

extension NoticeSeverity {
    var priority: JournalStream.Priority {
        switch self {
        case .error: .error
        case .warning: .warning
        case .notice: .notice
        }
    }
}

/// What a command reads is no terminal: it has no width and no colours.
private struct PlainTerminal: Terminal {
    var isInteractive: Bool { false }
    var isOutputTerminal: Bool { false }
    var width: Int? { nil }
    var usesColor: Bool { false }

    func write(_ text: String) {}
    func writeError(_ text: String) {}
    func readLine() -> String? { nil }
}
