extension EntitlementPosition {
    /// R02, R03, R05, R41: whether `quantity` more uses in one country are allowed.
    ///
    /// Looks at this country and the sums alone. See ``decision(on:)``.
    public func decision(adding quantity: Int, in use: CountryUse) -> Result<EntitlementPosition, EntitlementShortfall>
    {
        decision(on: [CountryChange(use, delta: quantity)])
    }

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
    /// - Parameter changes: several for one country are added up.
    /// - Returns: the sums after the change, or what stopped it.
    public func decision(on changes: [CountryChange]) -> Result<EntitlementPosition, EntitlementShortfall> {
        let changes = Self.merged(changes)
        let after = applying(changes)
        guard let (limit, change) = firstLimit(passedBy: changes, reaching: after) else { return .success(after) }

        let withoutIt = applying(changes.filter { $0.use.country != change.use.country })
        return .failure(
            EntitlementShortfall(
                limit: limit,
                use: change.use,
                requested: change.delta,
                available: withoutIt.available(in: change.use),
                position: withoutIt
            )
        )
    }

    private func firstLimit(
        passedBy changes: [CountryChange],
        reaching after: EntitlementPosition
    ) -> (EntitlementLimit, CountryChange)? {
        if entitlement > 0 {
            let overCountry = changes.first {
                $0.delta > 0 && $0.use.adding($0.delta).used > maximum.country
            }
            if let overCountry { return (.countryMaximum, overCountry) }

            let growing = changes.first { $0.delta > 0 }
            if after.used > used, after.used > maximum.worldwide, let growing { return (.worldwideMaximum, growing) }
        }
        let taking = changes.first { $0.use.adding($0.delta).takenFromShared > $0.use.takenFromShared }
        if after.sharedInUse > sharedInUse, after.sharedInUse > shared, let taking {
            let missing = after.sharedInUse.clampedDifference(shared)
            return (missing <= after.localFree ? .boundElsewhere : .entitlement, taking)
        }
        return nil
    }

    private static func merged(_ changes: [CountryChange]) -> [CountryChange] {
        guard changes.count > 1 else { return changes }
        var byCountry: [CountryCode: CountryChange] = [:]
        for change in changes {
            let earlier = byCountry[change.use.country]
            byCountry[change.use.country] = CountryChange(
                earlier?.use ?? change.use,
                delta: change.delta.clampedSum(earlier?.delta ?? 0)
            )
        }
        return byCountry.values.sorted { $0.use.country < $1.use.country }
    }
}
