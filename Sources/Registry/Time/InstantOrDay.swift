/// An instant, or a day in UTC.
public enum InstantOrDay: Hashable, Sendable {
    case instant(Instant)
    case day(CalendarDate)

    /// The instant, or the day's first.
    var beginning: Instant {
        switch self {
        case .instant(let instant): instant
        case .day(let day):
            Instant(
                microsecondsSinceEpoch: OrganizationTimeZone.utc.end(of: day.adding(days: -1)).microsecondsSinceEpoch
                    + 1
            )
        }
    }

    /// The instant, or the day's last.
    var end: Instant {
        switch self {
        case .instant(let instant): instant
        case .day(let day): OrganizationTimeZone.utc.end(of: day)
        }
    }
}

extension InstantOrDay: TextValue {
    public static let form = TextForm(
        "it is a date or an instant such as 2026-03-02T09:30:00Z",
        describedAs: "An instant as in RFC 3339, or a day in UTC.",
        example: "2026-03-02"
    )

    public init?(_ text: String) {
        if let instant = Instant(text) {
            self = .instant(instant)
        } else if let day = CalendarDate(text) {
            self = .day(day)
        } else {
            return nil
        }
    }

    /// - Throws: `Refusal` with `input.invalid` for another text, and in a request for a year that nobody states.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = InstantOrDay(text) else { throw Self.form.refusal(of: text, at: decoder.codingPath) }
        if case .day = value { self = .day(try CalendarDate(from: decoder)) } else { self = value }
    }

    public var description: String {
        switch self {
        case .instant(let instant): instant.description
        case .day(let day): day.description
        }
    }
}
