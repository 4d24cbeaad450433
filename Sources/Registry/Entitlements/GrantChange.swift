/// R12: what one enrollment's coming or going changes of what another one grants.
public struct GrantChange: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let product: ProductLine
    /// The first day on which it is so.
    public let from: CalendarDate
    /// The last day on which it is so.
    public let through: CalendarDate
    /// What was granted on these days before.
    public let before: Int
    /// What is granted on them now.
    public let after: Int

    /// Whether `next` says the same of the days that follow.
    func isContinued(by next: GrantChange) -> Bool {
        enrollmentId == next.enrollmentId && product == next.product && before == next.before && after == next.after
            && through.adding(days: 1) == next.from
    }

    func extended(through day: CalendarDate) -> GrantChange {
        GrantChange(
            enrollmentId: enrollmentId,
            product: product,
            from: from,
            through: day,
            before: before,
            after: after
        )
    }
}
