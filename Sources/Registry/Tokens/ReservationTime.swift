/// For how long a token is reserved: minutes, hours or days, from a minute to a week.
public struct ReservationTime: Hashable, Sendable {
    /// What a reservation lasts when nobody says.
    public static let standard = ReservationTime(minutes: 120)

    static let longest = 7 * 24 * 60

    public let minutes: Int

    private init(minutes: Int) {
        self.minutes = minutes
    }

    var seconds: Int64 { Int64(minutes) * 60 }
}

extension ReservationTime: TextValue {
    public static let form = TextForm(
        "a time is minutes, hours or days, such as 90m, 2h or 1d, a week at most",
        describedAs: "For how long a token is reserved, a week at most.",
        example: "2h",
        pattern: "^[0-9]{1,5}[mhd]$"
    )

    /// Reads a number and `m`, `h` or `d`; nil for anything else, for nothing and for more than a week.
    public init?(_ text: String) {
        let units = ["m": 1, "h": 60, "d": 24 * 60]
        guard let unit = text.last.flatMap({ units[String($0)] }), (2...6).contains(text.utf8.count),
            text.dropLast().utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let count = Int(text.dropLast()), (1...Self.longest).contains(count * unit)
        else { return nil }
        minutes = count * unit
    }

    public var description: String {
        minutes % 1440 == 0 ? "\(minutes / 1440)d" : minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes)m"
    }
}
