/// A point in time, in whole microseconds since 1970-01-01T00:00:00Z.
///
/// Text form: RFC 3339 in UTC, always with six decimals, so that text sorts as time does.
public struct Instant: Hashable, Comparable, Sendable {
    public let microsecondsSinceEpoch: Int64

    public init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// Reads RFC 3339 with `Z` or a numeric offset and at most six decimals; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count >= 20, let date = CalendarDate(text.prefix(10)) else { return nil }
        let rest = Array(text.utf8.dropFirst(10))
        func digits(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= rest.count else { return nil }
            var value: Int64 = 0
            for byte in rest[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard rest[0] == UInt8(ascii: "T") || rest[0] == UInt8(ascii: "t"), rest[3] == UInt8(ascii: ":"),
            rest[6] == UInt8(ascii: ":"),
            let hour = digits(1..<3), let minute = digits(4..<6), let second = digits(7..<9),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 9
        var micros: Int64 = 0
        if rest[index] == UInt8(ascii: ".") {
            let start = index + 1
            index = start
            while index < rest.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(rest[index]) { index += 1 }
            guard (1...6).contains(index - start), let fraction = digits(start..<index) else { return nil }
            micros = fraction
            for _ in 0..<(6 - (index - start)) { micros *= 10 }
        }
        guard index < rest.count else { return nil }
        var offset: Int64 = 0
        switch rest[index] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            guard rest.count == index + 1 else { return nil }
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard rest.count == index + 6, rest[index + 3] == UInt8(ascii: ":"),
                let hours = digits(index + 1..<index + 3), let minutes = digits(index + 4..<index + 6),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 3_600 + minutes * 60) * (rest[index] == UInt8(ascii: "-") ? -1 : 1)
        default: return nil
        }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        self.init(microsecondsSinceEpoch: seconds * 1_000_000 + micros)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
    }

    /// Whole seconds since the epoch, rounded towards the past.
    public var secondsSinceEpoch: Int64 {
        let quotient = microsecondsSinceEpoch / 1_000_000
        return microsecondsSinceEpoch % 1_000_000 < 0 ? quotient - 1 : quotient
    }

    /// The instant `seconds` later, or earlier when negative.
    public func adding(seconds: Int64) -> Instant {
        Instant(microsecondsSinceEpoch: microsecondsSinceEpoch + seconds * 1_000_000)
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC with six decimals, such as `2026-03-02T09:30:00.000000Z`.
    public var description: String {
        let seconds = secondsSinceEpoch
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let secondOfDay = Int(seconds - day * 86_400)
        let micros = Int(microsecondsSinceEpoch - seconds * 1_000_000)
        let time =
            "\(padded(secondOfDay / 3_600, to: 2)):\(padded(secondOfDay / 60 % 60, to: 2)):\(padded(secondOfDay % 60, to: 2))"
        return "\(CalendarDate(daysSinceEpoch: Int(day)))T\(time).\(padded(micros, to: 6))Z"
    }
}

extension Instant: TextValue {
    public static let form = TextForm(
        "it is an instant such as 2026-03-02T09:30:00Z",
        describedAs: "An instant, in UTC.",
        example: "2026-03-02T09:30:00.000000Z",
        format: "date-time"
    )
}
