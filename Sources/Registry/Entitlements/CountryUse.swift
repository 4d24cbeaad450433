/// What an organisation has and uses of one product line in one country, on one day.
public struct CountryUse: Hashable, Sendable {
    public let country: CountryCode
    /// R05: the Action Pack grants of this country, usable nowhere else.
    public let local: Int
    /// The uses that count (R06, R42): cloud and on-premises together (R41).
    public let used: Int

    /// The uses that local licences do not cover, so that they take from what the organisation shares.
    public var takenFromShared: Int { max(0, used.clampedDifference(local)) }

    /// The local licences that nobody uses.
    public var localFree: Int { max(0, local.clampedDifference(used)) }
}
