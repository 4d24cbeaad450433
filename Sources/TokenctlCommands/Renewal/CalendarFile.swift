import Registry
import RegistryAPI

/// Writes renewals as an iCalendar stream (RFC 5545): whole days, with alarms at nine in the morning.
struct CalendarFile {
    /// `DTSTAMP` of every event.
    private let stamp: String

    init(at now: Instant) {
        stamp = now.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    func beginning(named name: String) -> String {
        Self.lines([
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tokenctl//Renewals//EN", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(name))",
        ])
    }

    let end = CalendarFile.lines(["END:VCALENDAR"])

    /// The renewal's window, and the year's last day.
    func events(of entry: CalendarResource) -> String {
        let reminders = entry.days.filter { $0.event == .reminder }.map(\.date)
        let subject = "\(entry.enrollmentId) (\(entry.organizationId), \(entry.program))"
        return event(
            "window",
            entry,
            from: entry.windowOpensOn,
            through: entry.windowClosesOn,
            summary: "Renew \(subject)",
            description: "The window is open from \(entry.windowOpensOn) through \(entry.windowClosesOn).\n"
                + "tokenctl renewal plan \(entry.enrollmentId) --out plan.json\ntokenctl renewal apply plan.json",
            alarms: reminders.isEmpty ? [entry.windowOpensOn] : reminders
        )
            + event(
                "end",
                entry,
                from: entry.endsOn,
                through: entry.endsOn,
                summary: "Year ends: \(subject)",
                description: "Use rights end on this day, and unredeemed tokens become void after it.",
                alarms: [entry.endsOn]
            )
    }

    /// A notice on its day, or today where it is so already.
    func event(of notice: NoticeResource, today: CalendarDate) -> String {
        let day = notice.on ?? today
        return event(
            uid: "\(notice.key)@\(notice.organizationId).tokenctl",
            from: day,
            through: day,
            summary: "\(notice.organizationId): \(notice.text)",
            description: notice.text + "\n" + NoticeRow(notice: notice).command,
            alarms: [max(today, day.adding(days: -7)), day]
        )
    }

    private func event(
        _ kind: String,
        _ entry: CalendarResource,
        from first: CalendarDate,
        through last: CalendarDate,
        summary: String,
        description: String,
        alarms: [CalendarDate]
    ) -> String {
        event(
            uid: "\(kind)-\(entry.endsOn)-\(entry.enrollmentId)@\(entry.organizationId).tokenctl",
            from: first,
            through: last,
            summary: summary,
            description: description,
            alarms: alarms
        )
    }

    private func event(
        uid: String,
        from first: CalendarDate,
        through last: CalendarDate,
        summary: String,
        description: String,
        alarms: [CalendarDate]
    ) -> String {
        var lines = [
            "BEGIN:VEVENT",
            "UID:\(Self.escaped(uid))",
            "DTSTAMP:\(stamp)",
            "DTSTART;VALUE=DATE:\(Self.compact(first))",
            // Exclusive, as RFC 5545 has it.
            "DTEND;VALUE=DATE:\(Self.compact(last.adding(days: 1)))",
            "SUMMARY:\(Self.escaped(summary))",
            "DESCRIPTION:\(Self.escaped(description))",
            "TRANSP:TRANSPARENT",
        ]
        for alarm in alarms {
            lines += [
                "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(Self.escaped(summary))",
                "TRIGGER:\(Self.trigger(days: alarm.days(since: first)))", "END:VALARM",
            ]
        }
        return Self.lines(lines + ["END:VEVENT"])
    }

    /// Nine in the morning, so many days after the event's first midnight.
    private static func trigger(days: Int) -> String {
        let hours = days * 24 + 9
        let parts = "P\(abs(hours) / 24)DT\(abs(hours) % 24)H"
        return hours < 0 ? "-\(parts)" : parts
    }

    private static func compact(_ date: CalendarDate) -> String {
        date.description.filter { $0 != "-" }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.escapedLines {
            switch character {
            case "\\": escaped += "\\\\"
            case ";": escaped += "\\;"
            case ",": escaped += "\\,"
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// Lines of at most 75 octets, longer ones folded between characters, each ended by CRLF.
    static func lines(_ lines: [String]) -> String {
        var text = ""
        for line in lines {
            var octets = 0
            for scalar in line.unicodeScalars {
                let length = UTF8.width(scalar)
                if octets + length > 75 {
                    text += "\r\n "
                    octets = 1
                }
                text.unicodeScalars.append(scalar)
                octets += length
            }
            text += "\r\n"
        }
        return text
    }
}
