/// The entitlement and the use of one product line on one day, country by country.
public struct EntitlementPool: Hashable, Sendable {
    public let product: ProductLine
    /// R02, R04: the largest among the grants that count on the day.
    public let maximum: ProductMaximum
    /// What may be used in any country of the organisation: all grants but those of Action Packs (R05).
    public let shared: Int
    /// Every country in which the organisation has a location, a grant or a use; by its code.
    public let countries: [CountryUse]

    /// - Parameters:
    ///   - grants: those that count on the day; of other product lines are left out.
    ///   - used: the uses that count (R06, R42), cloud and on-premises together (R41).
    ///   - locations: the countries of the organisation's locations; duplicates do no harm.
    public init(
        product: ProductLine,
        grants: some Sequence<Grant>,
        used: [CountryCode: Int],
        locations: some Sequence<CountryCode> = []
    ) {
        var maximum = ProductMaximum.none
        var shared = 0
        var local: [CountryCode: Int] = [:]
        for grant in grants where grant.product == product {
            maximum = maximum.larger(grant.maximum)
            // The country belongs to the organisation, and is listed whether the grant is local or not.
            local[grant.country] = local[grant.country, default: 0].clampedSum(grant.isLocal ? grant.granted : 0)
            if !grant.isLocal { shared = shared.clampedSum(grant.granted) }
        }
        self.init(
            product: product,
            maximum: maximum,
            shared: shared,
            local: local,
            used: used,
            locations: locations
        )
    }

    init(
        product: ProductLine,
        maximum: ProductMaximum,
        shared: Int,
        local: [CountryCode: Int],
        used: [CountryCode: Int],
        locations: some Sequence<CountryCode> = []
    ) {
        self.product = product
        self.maximum = maximum
        self.shared = shared
        countries = Set(local.keys).union(used.keys).union(locations).sorted().map { country in
            CountryUse(country: country, local: local[country] ?? 0, used: used[country] ?? 0)
        }
    }

    /// The sum of all countries' local licences.
    public var local: Int { sum(\.local) }
    /// The sum of all countries' uses.
    public var used: Int { sum(\.used) }
    /// The sum of what each country uses beyond its local licences: `Σ max(0, used(c) − local(c))`.
    public var sharedInUse: Int { sum(\.takenFromShared) }
    /// All that is granted on the day, whether or not the maxima allow to use it at once.
    public var entitlement: Int { shared.clampedSum(local) }

    private func sum(_ figure: (CountryUse) -> Int) -> Int { countries.reduce(0) { $0.clampedSum(figure($1)) } }

    /// What is had and used in a country; nothing where the organisation is not.
    func use(in country: CountryCode) -> CountryUse {
        countries.first { $0.country == country } ?? CountryUse(country: country, local: 0, used: 0)
    }

    /// How many more could be used in this country today; never negative.
    public func available(in country: CountryCode) -> Int {
        let use = use(in: country)
        return min(room(in: use), worldwideRoom, use.localFree.clampedSum(sharedFree))
    }

    /// How many more could be used in all countries of the organisation together; never negative.
    public var available: Int {
        let coveredLocally = sum { min(room(in: $0), $0.localFree) }
        let needingShared = sum { max(0, room(in: $0) - $0.localFree) }
        return min(worldwideRoom, coveredLocally.clampedSum(min(sharedFree, needingShared)))
    }

    /// The country's room below its maximum.
    private func room(in use: CountryUse) -> Int { max(0, maximum.country.clampedDifference(use.used)) }

    /// The organisation's room below its worldwide maximum.
    private var worldwideRoom: Int { max(0, maximum.worldwide.clampedDifference(used)) }

    /// What of the shared licences nobody uses.
    private var sharedFree: Int { max(0, shared.clampedDifference(sharedInUse)) }

    /// The local licences of all countries that nobody uses.
    var localFree: Int { local.clampedDifference(used.clampedDifference(sharedInUse)) }

    /// R02, R03, R05, R41: which of the three are passed today, as they can be after a grant has ended.
    ///
    /// A country is named for its own maximum; the other two are about the organisation. An organisation without any
    /// grant of the line has no maximum either.
    public var limitsPassed: [(limit: EntitlementLimit, country: CountryCode?)] {
        var passed: [(limit: EntitlementLimit, country: CountryCode?)] = []
        if entitlement > 0 {
            passed += countries.filter { $0.used > maximum.country }.map { (.countryMaximum, $0.country) }
            if used > maximum.worldwide { passed.append((.worldwideMaximum, nil)) }
        }
        if let limit = entitlementPassed { passed.append((limit, nil)) }
        return passed
    }

    private var entitlementPassed: EntitlementLimit? {
        guard sharedInUse > shared else { return nil }
        return sharedInUse.clampedDifference(shared) <= localFree ? .boundElsewhere : .entitlement
    }
}

extension EntitlementPool {
    /// R02, R03, R05, R41: whether changes in several countries, made as one step, are allowed.
    ///
    /// Only the end counts, so that one user may take what another gives back. Asked in this order, and within each in
    /// the order of the country codes:
    /// 1. R02: does a country pass its maximum?
    /// 2. R02: does the organisation pass its worldwide maximum?
    /// 3. R05 or R41: is more taken than the entitlement has, when Action Pack licences stay in their country?
    ///
    /// What a change does not make worse never stops it. So after a grant has ended, uses can be given back, switched
    /// and taken from local licences while the organisation is still over its entitlement elsewhere. An organisation
    /// without any grant of the line has no maximum either: there the third question alone is asked.
    ///
    /// - Parameter changes: how many more uses of each country, or fewer when negative.
    /// - Returns: what there is after the change, or what stopped it.
    public func decision(changes: [CountryCode: Int]) -> Result<EntitlementPool, EntitlementShortfall> {
        let after = adding(changes)
        guard let (limit, country) = firstLimit(passedBy: changes, reaching: after) else { return .success(after) }
        let withoutIt = adding(changes.filter { $0.key != country })
        return .failure(
            EntitlementShortfall(
                limit: limit,
                use: use(in: country),
                requested: changes[country] ?? 0,
                available: withoutIt.available(in: country),
                rest: withoutIt,
                countries: countries
            )
        )
    }

    private func adding(_ changes: [CountryCode: Int]) -> EntitlementPool {
        EntitlementPool(
            product: product,
            maximum: maximum,
            shared: shared,
            local: Dictionary(uniqueKeysWithValues: countries.map { ($0.country, $0.local) }),
            used: Dictionary(uniqueKeysWithValues: countries.map { ($0.country, $0.used) })
                .merging(changes) { $0.clampedSum($1) }
        )
    }

    private func firstLimit(
        passedBy changes: [CountryCode: Int],
        reaching after: EntitlementPool
    ) -> (EntitlementLimit, CountryCode)? {
        let growing = changes.filter { $0.value > 0 }.keys.sorted()
        if entitlement > 0 {
            if let country = growing.first(where: { after.use(in: $0).used > maximum.country }) {
                return (.countryMaximum, country)
            }
            if after.used > used, after.used > maximum.worldwide, let country = growing.first {
                return (.worldwideMaximum, country)
            }
        }
        let taking = growing.first { after.use(in: $0).takenFromShared > use(in: $0).takenFromShared }
        if after.sharedInUse > sharedInUse, let limit = after.entitlementPassed, let taking { return (limit, taking) }
        return nil
    }
}
