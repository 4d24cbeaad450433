/// A benefit with the enrollment that brings it: a fact, from which what is granted on a day follows (``Granting``).
public struct HeldBenefit: Hashable, Sendable {
    public let enrollment: Enrollment
    /// As its programme named it when the enrollment was recorded.
    public let benefit: Benefit
    public let sharing: Sharing
    public let turn: Turn

    public init(enrollment: Enrollment, benefit: Benefit, sharing: Sharing, turn: Turn? = nil) {
        self.enrollment = enrollment
        self.benefit = benefit
        self.sharing = sharing
        self.turn = turn ?? Turn(startsOn: enrollment.year.startsOn, id: enrollment.id)
    }

    /// When an enrollment is served: by its first day, then by its id. A renewal carries an enrollment on, so it has the
    /// turn of the one that was first.
    public struct Turn: Hashable, Comparable, Sendable {
        public let startsOn: CalendarDate
        public let id: EnrollmentID

        public init(startsOn: CalendarDate, id: EnrollmentID) {
            self.startsOn = startsOn
            self.id = id
        }

        public static func < (left: Self, right: Self) -> Bool {
            (left.startsOn, left.id) < (right.startsOn, right.id)
        }
    }
}
