/// A grant with the enrollment that it comes from, which decides when it counts.
public struct HeldGrant: Hashable, Sendable {
    public let enrollment: Enrollment
    public let grant: Grant
    /// R03: whether the enrollment's location shares with the organisation: the headquarters, or an associated one.
    public let isShared: Bool

    public init(enrollment: Enrollment, grant: Grant, isShared: Bool) {
        self.enrollment = enrollment
        self.grant = grant
        self.isShared = isShared
    }

    /// Whether it counts for the organisation on `day` (R03, R08, R10).
    public func counts(on day: CalendarDate, portal: Portal) -> Bool {
        isShared && enrollment.isInForce(on: day, portal: portal)
    }
}
