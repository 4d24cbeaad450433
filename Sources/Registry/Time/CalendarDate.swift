/// A day of the proleptic Gregorian calendar, without a time or a zone.
///
/// Which instants a day covers depends on the organisation's time zone: see ``OrganizationTimeZone``.
/// Text form: `YYYY-MM-DD`, years 0001 to 9999.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// The years that a date which somebody states can lie in. What follows from it, such as the end of a service or a
    /// renewal's window, lies less than a century later, and has its four digits.
    public static let statableYears = 1990...2200

    /// Days since 1970-01-01; negative before it.
    public let daysSinceEpoch: Int

    /// The day that lies `daysSinceEpoch` days after 1970-01-01.
    public init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// The day with these numbers, or nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.init(daysSinceEpoch: Self.days(year: year, month: month, day: day))
    }

    /// Reads `YYYY-MM-DD`; nil for anything else, and for a day that the calendar does not have.
    public init?(_ text: some StringProtocol) {
        var numbers = (0, 0, 0)
        var place = 0
        for byte in text.utf8 {
            let digit = Int(byte) - 0x30
            switch place {
            case 0...3 where (0...9).contains(digit): numbers.0 = numbers.0 * 10 + digit
            case 5...6 where (0...9).contains(digit): numbers.1 = numbers.1 * 10 + digit
            case 8...9 where (0...9).contains(digit): numbers.2 = numbers.2 * 10 + digit
            case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
            default: return nil
            }
            place += 1
        }
        guard place == 10 else { return nil }
        self.init(year: numbers.0, month: numbers.1, day: numbers.2)
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    public var components: (year: Int, month: Int, day: Int) {
        // Counted in 400-year eras that begin on 1 March, so that a leap day ends its year.
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    /// The day `days` later, or earlier when negative.
    public func adding(days: Int) -> CalendarDate {
        CalendarDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    /// The same day of the month `months` later; the month's last day where it is shorter.
    public func adding(months: Int) -> CalendarDate {
        let (year, month, day) = components
        let monthIndex = year * 12 + (month - 1) + months
        let targetYear = monthIndex >= 0 ? monthIndex / 12 : (monthIndex - 11) / 12
        let targetMonth = monthIndex - targetYear * 12 + 1
        let targetDay = min(day, Self.length(ofMonth: targetMonth, year: targetYear))
        return CalendarDate(daysSinceEpoch: Self.days(year: targetYear, month: targetMonth, day: targetDay))
    }

    /// Days from `other` to this day; negative when this day is earlier.
    public func days(since other: CalendarDate) -> Int {
        daysSinceEpoch - other.daysSinceEpoch
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        guard (0...9999).contains(year) else { return "\(year)-\(padded(month, to: 2))-\(padded(day, to: 2))" }
        return String(unsafeUninitializedCapacity: 10) { text in
            func write(_ number: Int, at place: Int) {
                text[place] = UInt8(0x30 + number / 10)
                text[place + 1] = UInt8(0x30 + number % 10)
            }
            write(year / 100, at: 0)
            write(year % 100, at: 2)
            text[4] = UInt8(ascii: "-")
            write(month, at: 5)
            text[7] = UInt8(ascii: "-")
            write(day, at: 8)
            return 10
        }
    }
}

extension CalendarDate: TextValue {
    public static let form = TextForm(
        "a date is YYYY-MM-DD",
        describedAs: "A day.",
        example: "2026-03-02",
        format: "date"
    )

    /// - Throws: `Refusal` with `input.invalid` for another text, and in a request for a year that nobody states.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let date = CalendarDate(text) else { throw Self.form.refusal(of: text, at: decoder.codingPath) }
        let years = Self.statableYears
        let isStated = Self.statedKey.flatMap { decoder.userInfo[$0] as? Bool } ?? false
        guard !isStated || years.contains(date.components.year) else {
            let field = decoder.codingPath.last?.stringValue ?? "date"
            throw Refusal.invalidField(
                field,
                text,
                "the year must be from \(years.lowerBound) to \(years.upperBound)"
            )
        }
        self = date
    }

    /// Set to true by a decoder of what a caller states.
    public static let statedKey = CodingUserInfoKey(rawValue: "CalendarDate.isStated")
}

/// `number` in decimal digits, filled with zeros on the left up to `width`.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
