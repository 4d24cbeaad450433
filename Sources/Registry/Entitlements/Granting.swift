/// What an organisation was granted of one product line, before one more benefit is added.
///
/// It is about the day on which the new benefit starts, and leaves out an enrollment that the new one renews.
public struct GrantedSoFar: Hashable, Sendable {
    /// In the country of the new benefit.
    public let inCountry: Int
    public let worldwide: Int
    /// The largest among the grants that count on that day.
    public let maximum: ProductMaximum

    public init(inCountry: Int, worldwide: Int, maximum: ProductMaximum) {
        self.inCountry = inCountry
        self.worldwide = worldwide
        self.maximum = maximum
    }

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
    /// The new benefit's own maximum counts as well, so that a gold competency makes the room that it fills. Where both
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
