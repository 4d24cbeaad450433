/// Something that happened on a day and that an enrollment carries: it cannot have happened without the enrollment.
public struct CarriedFact: Hashable, Sendable, Decodable {
    /// What happened, such as `token T1 was redeemed`.
    public let what: String
    public let on: CalendarDate
}

extension ProgramReading {
    /// R33, R36: refuses an ending of the enrollment before what it carries.
    ///
    /// - Parameters:
    ///   - day: the first day without the enrollment.
    ///   - allowsSameDay: whether it may have carried something on that very day, as before an upgrade.
    /// - Throws: `Refusal` with `date.too-early`, which names the earliest day.
    func checkEnding(of enrollment: EnrollmentID, on day: CalendarDate, allowsSameDay: Bool = false) throws {
        guard let last = try latestFact(carriedBy: enrollment) else { return }
        let earliest = last.on.adding(days: allowsSameDay ? 0 : 1)
        guard day < earliest else { return }
        throw Refusal(
            .dateTooEarly,
            "The enrollment \(enrollment) cannot end on \(day): \(last.what) on \(last.on), through it. "
                + "The first day without it can be \(earliest) or later.",
            facts: ["enrollmentId": enrollment, "date": day, "earliest": earliest]
        )
    }
}
