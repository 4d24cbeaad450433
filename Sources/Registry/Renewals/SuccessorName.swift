/// How a renewed enrollment is called: `gold` becomes `gold-2027`, and that `gold-2028`.
enum SuccessorName {
    /// Names to try, the first that is free being the successor's: with the next year's number, with its first day, and
    /// then numbered.
    static func candidates(
        for enrollment: EnrollmentID,
        closing: ProgramYear,
        next: ProgramYear
    ) -> some Sequence<EnrollmentID> {
        let base = base(of: enrollment.value, startsOn: closing.startsOn)
        let year = next.startsOn.description.prefix(4)
        return (0...).lazy.map { attempt in
            let suffix =
                switch attempt {
                case 0: "-\(year)"
                case 1: "-\(next.startsOn)"
                default: "-\(next.startsOn)-\(attempt)"
                }
            return EnrollmentID(stored: base.prefix(64 - suffix.utf8.count) + suffix)
        }
    }

    /// The name without the year that an earlier renewal gave it.
    private static func base(of name: String, startsOn day: CalendarDate) -> Substring {
        for suffix in ["-\(day)", "-\(day.description.prefix(4))"] where name.hasSuffix(suffix) {
            let base = name.dropLast(suffix.count)
            if !base.isEmpty { return base }
        }
        return name[...]
    }
}
