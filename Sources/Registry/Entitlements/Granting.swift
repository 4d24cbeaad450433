/// What an organisation's enrollments grant on a day.
public enum Granting {
    /// R02, R12, R38: what is granted and clipped of each benefit follows from the enrollments that are in force on `day`
    /// alone, whenever they were entered.
    ///
    /// The maxima are the largest that any of them brings. Below those, the enrollments are served in the order of their
    /// first days, those of one day by id; a renewal keeps its enrollment's turn. R03: a location that is not associated is alone with its own enrollments, as
    /// though it were an organisation.
    ///
    /// - Returns: a grant for each benefit in force, in the order in which they are served.
    public static func grants(
        of held: some Sequence<HeldBenefit>,
        on day: CalendarDate,
        portal: PortalHistory
    ) -> [HeldGrant] {
        let counting = held.filter { $0.enrollment.isInForce(on: day, portal: portal) }
        var served: [Place: Served] = [:]
        for benefit in counting { served[Place(benefit), default: .nothing].add(benefit.benefit.maximum) }
        return counting.enumerated().sorted { left, right in
            (left.element.turn, left.offset) < (right.element.turn, right.offset)
        }.map { _, held in
            let grant = held.benefit.granted(
                in: held.enrollment.country,
                isLocal: held.enrollment.traits.isLocal,
                after: served[Place(held), default: .nothing].seen(from: held.enrollment.country)
            )
            served[Place(held), default: .nothing].add(grant)
            return HeldGrant(enrollment: held.enrollment, grant: grant, sharing: held.sharing)
        }
    }

    /// What maxima are about: one product line, of those who share.
    private struct Place: Hashable {
        let product: ProductLine
        let sharing: Sharing

        init(_ held: HeldBenefit) {
            product = held.benefit.product
            sharing = held.sharing
        }
    }

    /// What was served so far, by country.
    private struct Served {
        static let nothing = Served()

        private var maximum = ProductMaximum.none
        private var worldwide = 0
        private var countries: [CountryCode: Int] = [:]

        mutating func add(_ maximum: ProductMaximum) { self.maximum = self.maximum.larger(maximum) }

        mutating func add(_ grant: Grant) {
            worldwide = worldwide.clampedSum(grant.granted)
            countries[grant.country, default: 0] = countries[grant.country, default: 0].clampedSum(grant.granted)
        }

        func seen(from country: CountryCode) -> GrantedSoFar {
            GrantedSoFar(inCountry: countries[country] ?? 0, worldwide: worldwide, maximum: maximum)
        }
    }
}

/// What an organisation is granted of one product line on a day, before one more benefit is served.
public struct GrantedSoFar: Hashable, Sendable {
    /// In the country of the new benefit.
    public let inCountry: Int
    public let worldwide: Int
    /// The largest among the benefits that count on that day.
    public let maximum: ProductMaximum
}

extension GrantedSoFar {
    /// Sums up the grants of one organisation. R04: which location or enrollment holds a grant makes no difference.
    public init(_ grants: some Sequence<Grant>, of product: ProductLine, in country: CountryCode) {
        var inCountry = 0
        var worldwide = 0
        var maximum = ProductMaximum.none
        for grant in grants where grant.product == product {
            if grant.country == country { inCountry = inCountry.clampedSum(grant.granted) }
            worldwide = worldwide.clampedSum(grant.granted)
            maximum = maximum.larger(grant.maximum)
        }
        self.init(inCountry: inCountry, worldwide: worldwide, maximum: maximum)
    }
}

extension Benefit {
    /// R12, R34: what an organisation gets of a benefit when it has `earlier` already. What does not fit is clipped.
    ///
    /// The benefit's own maximum counts as well, so that a gold competency makes the room that it fills. Where both
    /// maxima leave the same room, the country's is named. R38: an Azure credit is granted to an organisation that has
    /// none, and to no other.
    ///
    /// - Parameter isLocal: R05, from an Action Pack.
    public func granted(in country: CountryCode, isLocal: Bool, after earlier: GrantedSoFar) -> Grant {
        let (granted, limit) = part(after: earlier)
        return Grant(
            product: product,
            quantity: quantity,
            granted: granted,
            clipped: quantity - granted,
            limit: limit,
            isLocal: isLocal,
            country: country,
            maximum: maximum
        )
    }

    private func part(after earlier: GrantedSoFar) -> (Int, GrantLimit?) {
        if product == .azureCredit, earlier.worldwide > 0 {
            return (0, quantity == 0 ? nil : .onePerOrganization)
        }
        let maximum = maximum.larger(earlier.maximum)
        let countryRoom = max(0, maximum.country.clampedDifference(earlier.inCountry))
        let worldwideRoom = max(0, maximum.worldwide.clampedDifference(earlier.worldwide))
        if quantity <= min(countryRoom, worldwideRoom) { return (quantity, nil) }
        return countryRoom <= worldwideRoom ? (countryRoom, .countryMaximum) : (worldwideRoom, .worldwideMaximum)
    }
}
