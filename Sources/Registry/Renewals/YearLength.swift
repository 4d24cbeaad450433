/// How long a programme year is.
public enum YearLength: String, Choice {
    public static let summary = "How long a programme year lasts."

    /// The default: the anniversary is the same calendar day a year later; 29 February becomes 28.
    case calendar
    /// The anniversary is 365 days later.
    case days365 = "365-days"

    /// The anniversary of a year that starts on this day.
    public func anniversary(of start: CalendarDate) -> CalendarDate {
        switch self {
        case .calendar: start.adding(months: 12)
        case .days365: start.adding(days: 365)
        }
    }
}
