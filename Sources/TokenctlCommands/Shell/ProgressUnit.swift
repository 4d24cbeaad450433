/// What progress is counted in, and how it is told.
enum ProgressUnit: Sendable {
    case bytes
    /// Of a database.
    case pages
    case enrollments

    /// `12 of 96 MB, 8 MB/s, 11 s left`; without a total, `12 MB, 8 MB/s`.
    /// - Parameter seconds: since it began.
    func line(done: Int, of total: Int?, after seconds: Double) -> String {
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var line =
            total.map { "\(number(Double(done))) of \(number(Double($0)))\(name)" } ?? "\(number(Double(done)))\(name)"
        guard rate > 0 else { return line }
        line += ", \(number(rate))\(name)/s"
        if let total, total > done { line += ", \(Self.duration(Double(total - done) / rate)) left" }
        return line
    }

    private var name: String {
        switch self {
        case .bytes: " MB"
        case .pages: " pages"
        case .enrollments: " enrollments"
        }
    }

    /// Megabytes below ten with a digit after the point, or small ones would never move.
    private func number(_ count: Double) -> String {
        guard case .bytes = self else { return String(Int(count.rounded())) }
        let tenths = Int((count / 100_000).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : String((tenths + 5) / 10)
    }

    /// `45 s`, `3 min`, `2 h 5 min`: rounded up, and never nothing.
    static func duration(_ seconds: Double) -> String {
        let whole = max(1, Int(min(seconds, 1_000_000_000).rounded(.up)))
        if whole < 100 { return "\(whole) s" }
        let minutes = (whole + 59) / 60
        if minutes < 100 { return "\(minutes) min" }
        return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
    }
}
