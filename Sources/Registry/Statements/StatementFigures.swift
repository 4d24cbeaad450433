/// What every figure of a statement is made from.
struct StatementFigures {
    let organization: Organization
    let today: CalendarDate
    let day: CalendarDate
    let history: GrantHistory
    /// What is granted on the day.
    let grants: [HeldGrant]
    let use: [UseSum]
    let countries: [CountryCode]

    init(of organization: Organization, asOf: CalendarDate?, context: QueryContext) throws {
        try self.init(of: organization, asOf: asOf, today: context.today(in: organization), reading: context.reading)
    }

    /// - Parameter today: the day of what is known, which no statement goes beyond.
    init(of organization: Organization, asOf: CalendarDate?, today: CalendarDate, reading: any RegistryReading) throws {
        self.organization = organization
        self.today = today
        day = try Self.day(asOf, of: organization, today: today)
        let day = day
        history = try GrantHistory(of: organization, reading: reading)
        grants = history.grants(on: day)
        use =
            try day == today
            ? reading.use(of: nil, in: organization.id) : reading.use(of: nil, in: organization.id, on: day)
        countries = try reading.sharingCountries(of: organization.id, by: organization.timeZone.end(of: day))
    }

    /// The day that was asked for, or today.
    /// - Throws: `Refusal` with `date.in-future` for a day that is still to come.
    static func day(_ asOf: CalendarDate?, of organization: Organization, today: CalendarDate) throws -> CalendarDate {
        guard let asOf, asOf > today else { return asOf ?? today }
        throw Refusal(
            .dateInFuture,
            "A statement as of \(asOf) is not possible: it is \(today) in \(organization.timeZone.identifier).",
            facts: ["date": asOf, "today": today]
        )
    }

    /// Every line that is granted or used, by its name.
    func products(of sharing: Sharing) -> [ProductLine] {
        Set(grants.filter { $0.sharing == sharing }.map(\.grant.product))
            .union(use.filter { $0.units > 0 && $0.sharing == sharing }.map(\.product)).sorted()
    }

    /// R03: the locations that share nothing and have or use something, by their ids.
    var apart: [LocationID] {
        Set(
            (grants.map(\.sharing) + use.filter { $0.units > 0 }.map(\.sharing)).compactMap { sharing in
                if case .apart(let location) = sharing { location } else { nil }
            }
        ).sorted()
    }

    /// R02, R03, R05, R41: what is had and used of a product line.
    func pool(of product: ProductLine, sharing: Sharing) -> EntitlementPool {
        EntitlementPool(
            product: product,
            grants: grants(of: product, sharing),
            used: use.counted(of: product, sharing: sharing),
            locations: sharing == .organization ? countries : []
        )
    }

    func statement(of product: ProductLine, sharing: Sharing) -> StatementResource.Product {
        let pool = pool(of: product, sharing: sharing)
        let granted = grants(of: product, sharing)
        let uses = use.filter { $0.product == product && $0.sharing == sharing }
        func units(_ standing: UseStanding, _ kinds: AssignmentKind...) -> Int {
            uses.filter { $0.standing == standing && kinds.contains($0.kind) }.reduce(0) { $0 + $1.units }
        }
        return StatementResource.Product(
            product: product,
            unit: product.unit,
            earned: granted.reduce(0) { $0.clampedSum($1.quantity) },
            clipped: granted.reduce(0) { $0.clampedSum($1.clipped) },
            entitlement: pool.entitlement,
            used: StatementResource.Used(
                cloud: units(.counted, .cloud),
                onPremises: units(.counted, .onPremises),
                total: pool.used
            ),
            uncounted: StatementResource.Uncounted(
                demonstrationAndTraining: units(.exempt, .cloud, .onPremises),
                boughtOutside: units(.outside, .cloud, .onPremises)
            ),
            available: pool.available,
            countryMaximum: pool.maximum.country,
            worldwideMaximum: pool.maximum.worldwide,
            limitsPassed: pool.limitsPassed.map {
                StatementResource.LimitPassed(limit: $0.limit, rule: $0.limit.rule, country: $0.country)
            },
            countries: pool.countries.map { use in
                StatementResource.Country(
                    country: use.country,
                    local: use.local,
                    maximum: pool.maximum.country,
                    used: use.used,
                    available: pool.available(in: use.country)
                )
            }
        )
    }

    private func grants(of product: ProductLine, _ sharing: Sharing) -> [Grant] {
        grants.filter { $0.sharing == sharing && $0.grant.product == product }.map(\.grant)
    }
}
