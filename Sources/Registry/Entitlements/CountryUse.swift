/// What an organisation has and uses of one product line in one country, on one day.
public struct CountryUse: Hashable, Sendable {
    public let country: CountryCode
    /// R05: the Action Pack grants of this country, usable nowhere else.
    public let local: Int
    /// The uses that count (R06, R42): cloud and on-premises together (R41).
    public let used: Int

    public init(_ country: CountryCode, local: Int, used: Int) {
        self.country = country
        self.local = local
        self.used = used
    }

    /// The uses that local licences do not cover, so that they take from what the organisation shares.
    public var takenFromShared: Int { max(0, used.clampedDifference(local)) }

    /// The local licences that nobody uses.
    public var localFree: Int { max(0, local.clampedDifference(used)) }

    /// The same country with `delta` more uses, or fewer when negative.
    func adding(_ delta: Int) -> CountryUse {
        CountryUse(country, local: local, used: used.clampedSum(delta))
    }
}

/// One country's share of a change: `delta` more uses, or fewer when negative.
public struct CountryChange: Hashable, Sendable {
    /// As it is before the change.
    public let use: CountryUse
    public let delta: Int

    public init(_ use: CountryUse, delta: Int) {
        self.use = use
        self.delta = delta
    }
}
