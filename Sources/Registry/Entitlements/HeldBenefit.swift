/// A benefit with the enrollment that brings it: a fact, from which what is granted on a day follows (``Granting``).
public struct HeldBenefit: Hashable, Sendable {
    public let enrollment: Enrollment
    /// As its programme named it when the enrollment was recorded.
    public let benefit: Benefit
    public let sharing: Sharing
    /// When the enrollment is served: its first day, a blank and its id, in the order of such texts. A renewal carries an
    /// enrollment on, so it has the turn of the one that was first.
    public let turn: String

    public init(enrollment: Enrollment, benefit: Benefit, sharing: Sharing, turn: String? = nil) {
        self.enrollment = enrollment
        self.benefit = benefit
        self.sharing = sharing
        self.turn = turn ?? "\(enrollment.year.startsOn) \(enrollment.id)"
    }
}
