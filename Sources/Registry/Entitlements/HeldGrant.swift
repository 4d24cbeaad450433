/// What an enrollment grants of a product line on one day.
public struct HeldGrant: Hashable, Sendable {
    public let enrollment: Enrollment
    public let grant: Grant
    public let sharing: Sharing

    public init(enrollment: Enrollment, grant: Grant, sharing: Sharing) {
        self.enrollment = enrollment
        self.grant = grant
        self.sharing = sharing
    }
}
