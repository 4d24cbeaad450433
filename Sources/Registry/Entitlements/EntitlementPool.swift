/// The entitlement and the use of one product line on one day, country by country.
///
/// For statements, plans and tests, which look at every country anyway. On the way of one assignment, use the sums
/// alone (``EntitlementPosition``).
public struct EntitlementPool: Hashable, Sendable {
    /// The sums over all countries.
    public let position: EntitlementPosition
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
            if grant.isLocal {
                local[grant.country, default: 0] = local[grant.country, default: 0].clampedSum(grant.granted)
            } else {
                shared = shared.clampedSum(grant.granted)
                // The country belongs to the organisation, and so it is listed.
                local[grant.country, default: 0] += 0
            }
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

    public init(
        product: ProductLine,
        maximum: ProductMaximum,
        shared: Int,
        local: [CountryCode: Int],
        used: [CountryCode: Int],
        locations: some Sequence<CountryCode> = []
    ) {
        let codes = Set(local.keys).union(used.keys).union(locations)
        countries = codes.sorted().map { CountryUse($0, local: local[$0] ?? 0, used: used[$0] ?? 0) }
        position = EntitlementPosition(
            product: product,
            maximum: maximum,
            shared: shared,
            local: countries.reduce(0) { $0.clampedSum($1.local) },
            used: countries.reduce(0) { $0.clampedSum($1.used) },
            sharedInUse: countries.reduce(0) { $0.clampedSum($1.takenFromShared) }
        )
    }

    /// What is had and used in a country; nothing where the organisation is not.
    public func use(in country: CountryCode) -> CountryUse {
        countries.first { $0.country == country } ?? CountryUse(country, local: 0, used: 0)
    }

    /// How many more could be used in this country today.
    public func available(in country: CountryCode) -> Int {
        position.available(in: use(in: country))
    }

    /// How many more could be used in all countries of the organisation together.
    public var available: Int {
        position.available(in: countries)
    }

    /// Whether `quantity` more uses in one country are allowed: ``EntitlementPosition/decision(on:)``.
    public func decision(
        adding quantity: Int,
        in country: CountryCode
    ) -> Result<EntitlementPosition, EntitlementShortfall> {
        position.decision(adding: quantity, in: use(in: country))
    }

    /// Whether a batch is allowed, of which only the end counts: ``EntitlementPosition/decision(on:)``.
    public func decision(changes: [CountryCode: Int]) -> Result<EntitlementPosition, EntitlementShortfall> {
        position.decision(on: changes.map { CountryChange(use(in: $0.key), delta: $0.value) })
    }

    /// R02, R03, R05, R41: which of the three are passed today, as they can be after a grant has ended.
    ///
    /// A country is named for its own maximum; the other two are about the organisation.
    public var limitsPassed: [(limit: EntitlementLimit, country: CountryCode?)] {
        var passed: [(limit: EntitlementLimit, country: CountryCode?)] = []
        if position.entitlement > 0 {
            for use in countries where use.used > position.maximum.country {
                passed.append((.countryMaximum, use.country))
            }
            if position.used > position.maximum.worldwide { passed.append((.worldwideMaximum, nil)) }
        }
        if position.sharedInUse > position.shared {
            let missing = position.sharedInUse.clampedDifference(position.shared)
            passed.append((missing <= position.localFree ? .boundElsewhere : .entitlement, nil))
        }
        return passed
    }
}
