/// What an enrollment grants of a product line on one day.
public struct HeldGrant: Hashable, Sendable {
    public let enrollment: Enrollment
    public let grant: Grant
    public let sharing: Sharing
}
