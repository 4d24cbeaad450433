/// Where an organisation stands with one product line on one day, over all its countries.
///
/// With these sums and one ``CountryUse``, a change in that country is decided without looking at any other. A store
/// keeps ``used`` and ``sharedInUse`` as it records uses; when grants begin or end, it sums them up anew
/// (``EntitlementPool``), since `local` is part of ``sharedInUse``.
public struct EntitlementPosition: Hashable, Sendable {
    public let product: ProductLine
    /// R02, R04: the largest among the grants that count on the day.
    public let maximum: ProductMaximum
    /// What may be used in any country of the organisation: all grants but those of Action Packs (R05).
    public let shared: Int
    /// The sum of all countries' local licences.
    public let local: Int
    /// The sum of all countries' uses.
    public let used: Int
    /// The sum of what each country uses beyond its local licences: `Σ max(0, used(c) − local(c))`.
    public let sharedInUse: Int

    /// All that is granted on the day, whether or not the maxima allow to use it at once.
    public var entitlement: Int { shared.clampedSum(local) }

    /// How many more could be used in this country today; never negative.
    public func available(in use: CountryUse) -> Int {
        min(
            room(in: use),
            worldwideRoom,
            use.localFree.clampedSum(sharedFree)
        )
    }

    /// How many more could be used in all of these countries together; never negative.
    ///
    /// - Parameter countries: every country in which the organisation has a location, each once.
    public func available(in countries: some Sequence<CountryUse>) -> Int {
        var coveredLocally = 0
        var needingShared = 0
        for use in countries {
            let room = room(in: use)
            let local = min(room, use.localFree)
            coveredLocally = coveredLocally.clampedSum(local)
            needingShared = needingShared.clampedSum(room - local)
        }
        return min(worldwideRoom, coveredLocally.clampedSum(min(sharedFree, needingShared)))
    }

    /// The sums after these changes, whether or not they are allowed.
    public func applying(_ changes: some Sequence<CountryChange>) -> EntitlementPosition {
        var used = used
        var sharedInUse = sharedInUse
        for change in changes {
            let after = change.use.adding(change.delta)
            used = used.clampedSum(change.delta)
            sharedInUse = sharedInUse.clampedSum(after.takenFromShared.clampedDifference(change.use.takenFromShared))
        }
        return EntitlementPosition(
            product: product,
            maximum: maximum,
            shared: shared,
            local: local,
            used: used,
            sharedInUse: sharedInUse
        )
    }

    /// The country's room below its maximum.
    func room(in use: CountryUse) -> Int { max(0, maximum.country.clampedDifference(use.used)) }

    /// The organisation's room below its worldwide maximum.
    var worldwideRoom: Int { max(0, maximum.worldwide.clampedDifference(used)) }

    /// What of the shared licences nobody uses.
    var sharedFree: Int { max(0, shared.clampedDifference(sharedInUse)) }

    /// The local licences of all countries that nobody uses.
    var localFree: Int { local.clampedDifference(used.clampedDifference(sharedInUse)) }
}
