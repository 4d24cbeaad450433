/// A grant as the registry keeps it.
public struct StoredGrant: Hashable, Sendable, Decodable {
    public let number: Int64
    public let grant: AccessGrant
    /// When it was taken back; nil while it was not.
    public let revokedAt: Instant?

    /// The first instant without the permission; nil while it has no end.
    public var end: Instant? {
        switch (grant.until, revokedAt) {
        case (let until?, let revokedAt?): min(until, revokedAt)
        case (let until, let revokedAt): until ?? revokedAt
        }
    }

    public func isInForce(at instant: Instant) -> Bool {
        overlaps(from: instant, through: instant)
    }

    /// Whether it was in force at any instant from `first` through `last`.
    public func overlaps(from first: Instant, through last: Instant) -> Bool {
        grant.from <= last && (end.map { $0 > first } ?? true)
    }
}
