/// Why more uses of a product line are not allowed: which limit stops them, where, and how much is left.
public struct EntitlementShortfall: Error, Hashable, Sendable {
    public let limit: EntitlementLimit
    /// The country in question, as it is before the change.
    public let use: CountryUse
    /// How many more were asked for in that country.
    public let requested: Int
    /// How many more are possible in that country, when the rest of the batch is done.
    public let available: Int
    /// What there is without the country's change, but with the rest of the batch.
    public let rest: EntitlementPool
    /// All countries of the organisation, as they are before the change.
    public let countries: [CountryUse]

    /// Named parts of what fills a limit, such as `cloud` with 300.
    typealias Allocations = [(name: String, quantity: Int)]

    /// The refusal: what stopped it, how much is left, what fills it, and the ways to more (R40).
    ///
    /// - Parameters:
    ///   - organizationID: whose use it is.
    ///   - allocations: what the country's uses are made of, where the caller knows it.
    ///   - waysToMore: those that apply to the organisation.
    func refusal(
        of organizationID: OrganizationID,
        allocations: Allocations = [],
        waysToMore: [WayToMore] = []
    ) -> Refusal {
        func texts(_ parts: Allocations) -> [String] {
            parts.filter { $0.quantity > 0 }.map { "\($0.name) \($0.quantity)" }
        }
        let filledBy = texts(contributions)
        let allocations = texts(allocations)
        var sentences = [reason, "\(available) \(available == 1 ? "is" : "are") left in \(use.country)."]
        if !filledBy.isEmpty { sentences.append("It is filled by \(filledBy.joined(separator: ", ")).") }
        if !allocations.isEmpty {
            sentences.append("In use in \(use.country): \(allocations.joined(separator: ", ")).")
        }
        if !waysToMore.isEmpty {
            sentences.append(
                "Ways to more: \(waysToMore.map { $0.sentence(country: use.country) }.joined(separator: "; "))."
            )
        }
        return Refusal(
            limit.code,
            rule: limit.rule,
            sentences.joined(separator: " "),
            facts: [
                "organizationId": organizationID, "product": rest.product, "country": use.country,
                "requested": requested, "available": available, "limitedBy": limit, "limit": limitQuantity,
                "used": limitUsed, "filledBy": filledBy, "allocations": allocations,
                "waysToMore": waysToMore.map(\.rawValue),
            ]
        )
    }

    private var reason: String {
        let what = "\(requested) more of \(rest.product) in \(use.country)"
        let after = limitUsed.clampedSum(requested)
        switch limit {
        case .countryMaximum:
            return "\(what) would make \(after) there; the maximum for one country is \(limitQuantity)."
        case .worldwideMaximum:
            return "\(what) would make \(after) in all countries; the worldwide maximum is \(limitQuantity)."
        case .entitlement:
            let local =
                use.local > 0 ? ", and \(use.localFree) of the Action Pack licences of \(use.country) are free" : ""
            return
                "\(what) would exceed the entitlement: of the \(limitQuantity) licences that can be used in any country, "
                + "\(limitUsed) are in use\(local)."
        case .boundElsewhere:
            return
                "\(what) would exceed the entitlement: of the \(limitQuantity) licences that can be used in any country, "
                + "\(limitUsed) are in use, and the \(rest.localFree - use.localFree) free Action Pack licences of "
                + "other countries can be used only there."
        }
    }

    /// The figure that cannot be passed.
    private var limitQuantity: Int {
        switch limit {
        case .countryMaximum: rest.maximum.country
        case .worldwideMaximum: rest.maximum.worldwide
        case .entitlement, .boundElsewhere: rest.shared
        }
    }

    /// What of that figure is in use before the country's change.
    private var limitUsed: Int {
        switch limit {
        case .countryMaximum: use.used
        case .worldwideMaximum: rest.used
        case .entitlement, .boundElsewhere: rest.sharedInUse
        }
    }

    private var contributions: Allocations {
        switch limit {
        case .countryMaximum: [(use.country.description, use.used)]
        case .worldwideMaximum: countries.map { ($0.country.description, $0.used) }
        case .entitlement, .boundElsewhere: countries.map { ($0.country.description, $0.takenFromShared) }
        }
    }
}
