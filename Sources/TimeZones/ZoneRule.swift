/// A POSIX `TZ` string with RFC 9636's extensions, such as `CET-1CEST,M3.5.0,M10.5.0/3` or `<+03>-3`.
struct ZoneRule: Hashable, Sendable {
    /// Seconds east of UTC.
    private let standard: Int
    private let daylight: Daylight?

    private struct Daylight: Hashable {
        let offset: Int
        let start: YearlyTime
        let end: YearlyTime
    }

    /// Nil for what is not such a string, and for one that names daylight saving without saying when.
    init?(_ text: some Collection<UInt8>) {
        var scanner = Scanner(rest: Array(text)[...])
        guard scanner.name(), let west = scanner.time(hours: 24) else { return nil }
        standard = -west
        if scanner.rest.isEmpty {
            daylight = nil
            return
        }
        guard scanner.name() else { return nil }
        var offset = standard + 3_600
        if scanner.rest.first != UInt8(ascii: ",") {
            guard let west = scanner.time(hours: 24) else { return nil }
            offset = -west
        }
        guard scanner.take(","), let start = YearlyTime(&scanner), scanner.take(","), let end = YearlyTime(&scanner),
            scanner.rest.isEmpty
        else { return nil }
        daylight = Daylight(offset: offset, start: start, end: end)
    }

    /// Seconds east of UTC at `second`, which counts from the epoch.
    func offset(at second: Int64) -> Int {
        guard let daylight else { return standard }
        // The calendar repeats itself every 400 years, in whole weeks.
        let cycle: Int64 = 146_097 * 86_400
        let second = Int((second % cycle + cycle) % cycle)
        let about = 1970 + second / 86_400 * 400 / 146_097
        var latest = (at: Int.min, offset: standard)
        for year in about - 2...about + 1 {
            let end = daylight.end.second(in: year) - daylight.offset
            if end <= second, end > latest.at { latest = (end, standard) }
            let start = daylight.start.second(in: year) - standard
            if start <= second, start >= latest.at { latest = (start, daylight.offset) }
            // Daylight saving all year long: the end coincides with the next start, which wins.
        }
        return latest.offset
    }
}

/// A moment of every year, in local time.
private struct YearlyTime: Hashable, Sendable {
    private enum Day: Hashable {
        /// 1 to 365: 29 February is not counted.
        case julian(Int)
        /// 0 to 365: 29 February is counted.
        case zeroBased(Int)
        /// Week 5 is the month's last; weekday 0 is Sunday.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    private let day: Day
    private let time: Int

    init?(_ scanner: inout Scanner) {
        if scanner.take("J") {
            guard let number = scanner.number(in: 1...365) else { return nil }
            day = .julian(number)
        } else if scanner.take("M") {
            guard let month = scanner.number(in: 1...12), scanner.take("."),
                let week = scanner.number(in: 1...5), scanner.take("."), let weekday = scanner.number(in: 0...6)
            else { return nil }
            day = .weekday(month: month, week: week, weekday: weekday)
        } else {
            guard let number = scanner.number(in: 0...365) else { return nil }
            day = .zeroBased(number)
        }
        guard scanner.take("/") else {
            time = 2 * 3_600
            return
        }
        guard let time = scanner.time(hours: 167) else { return nil }
        self.time = time
    }

    /// Seconds since 1970-01-01T00:00 local time.
    func second(in year: Int) -> Int {
        let before = year - 1
        let newYear = 365 * before + before / 4 - before / 100 + before / 400 - 719_162
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days: Int
        switch day {
        case .julian(let number): days = number - 1 + (isLeap && number >= 60 ? 1 : 0)
        case .zeroBased(let number): days = number
        case .weekday(let month, let week, let weekday):
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            let first = lengths[..<(month - 1)].reduce(0, +)
            // 1970-01-01 was a Thursday; a year of the first cycle may lie a little before it.
            let weekdayOfFirst = ((newYear + first + 4) % 7 + 7) % 7
            var dayOfMonth = (weekday - weekdayOfFirst + 7) % 7 + (week - 1) * 7
            if dayOfMonth >= lengths[month - 1] { dayOfMonth -= 7 }
            days = first + dayOfMonth
        }
        return (newYear + days) * 86_400 + time
    }
}

private struct Scanner {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// An abbreviation: three letters or more, or within `<>` digits and signs as well.
    mutating func name() -> Bool {
        let isQuoted = take("<")
        let name = rest.prefix { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
            default: false
            }
        }
        rest = rest[name.endIndex...]
        return name.count >= 3 && (!isQuoted || take(">"))
    }

    mutating func number(in range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return range.contains(value) ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]`, in seconds.
    mutating func time(hours: Int) -> Int? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard var seconds = number(in: 0...hours).map({ $0 * 3_600 }) else { return nil }
        if take(":") {
            guard let minutes = number(in: 0...59) else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let rest = number(in: 0...59) else { return nil }
                seconds += rest
            }
        }
        return isNegative ? -seconds : seconds
    }
}
