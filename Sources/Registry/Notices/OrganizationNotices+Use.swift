extension OrganizationNotices {
    /// R02, R03, R05, R41: use beyond a limit, as a number, and near a maximum.
    mutating func collectUse() throws {
        guard selection.tells(.overUse) || selection.tells(.nearMaximum) else { return }
        let figures = try StatementFigures(of: organization, asOf: nil, context: context)
        for product in figures.products(of: .organization) {
            addUse(figures.pool(of: product, sharing: .organization), apart: nil)
        }
        for location in figures.apart {
            for product in figures.products(of: .apart(location)) {
                addUse(figures.pool(of: product, sharing: .apart(location)), apart: location)
            }
        }
    }

    private mutating func addUse(_ pool: EntitlementPool, apart location: LocationID?) {
        let of = "\(pool.product)\(location.map { " at \($0)" } ?? "")"
        for passed in pool.limitsPassed {
            let (used, limit, what) = figures(of: passed, in: pool)
            add(
                .overUse,
                .error,
                "\(used - limit) more \(of) in use than \(what): \(used) of \(limit).",
                rule: passed.limit.rule,
                quantity: used - limit,
                about: Subject(product: pool.product.rawValue, country: passed.country, location: location),
                limit: limit
            )
        }
        guard pool.entitlement > 0 else { return }
        let worldwide =
            pool.countries.count > 1 ? [(Optional<CountryCode>.none, pool.used, pool.maximum.worldwide)] : []
        let national = pool.countries.map { (Optional($0.country), $0.used, pool.maximum.country) }
        for (country, used, limit) in worldwide + national {
            guard limit > 0, used <= limit,
                used.multipliedReportingOverflow(by: 100).partialValue >= limit * thresholds.maximum
            else { continue }
            add(
                .nearMaximum,
                .notice,
                "\(used) of at most \(limit) \(of) in use \(country.map { "in \($0)" } ?? "worldwide").",
                rule: .r02,
                quantity: used,
                about: Subject(product: pool.product.rawValue, country: country, location: location),
                limit: limit
            )
        }
    }

    /// What is used, what may be, and what says so.
    private func figures(
        of passed: (limit: EntitlementLimit, country: CountryCode?),
        in pool: EntitlementPool
    ) -> (used: Int, limit: Int, what: String) {
        switch passed.limit {
        case .countryMaximum:
            let used = passed.country.map { pool.use(in: $0).used } ?? 0
            return (
                used, pool.maximum.country, "the maximum of \(passed.country.map(\.description) ?? "a country") allows"
            )
        case .worldwideMaximum: return (pool.used, pool.maximum.worldwide, "the worldwide maximum allows")
        case .entitlement, .boundElsewhere:
            return (pool.sharedInUse, pool.shared, "the entitlement that countries share allows")
        }
    }
}
