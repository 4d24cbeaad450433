/// The licence statement of an organisation, as of any day up to today.
public struct StatementQuery: RegistryQuery {
    public let organizationID: OrganizationID
    /// Nil for today.
    public let asOf: CalendarDate?

    public init(organizationID: OrganizationID, asOf: CalendarDate? = nil) {
        self.organizationID = organizationID
        self.asOf = asOf
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> Statement {
        let figures = try StatementFigures(of: organization, asOf: asOf, context: context)
        let reading = context.reading
        return Statement(
            organizationID: organization.id,
            asOf: figures.day,
            products: figures.products(of: .organization).map { figures.statement(of: $0, sharing: .organization) },
            apart: figures.apart.map { location in
                ApartStatement(
                    locationID: location,
                    products: figures.products(of: .apart(location)).map {
                        figures.statement(of: $0, sharing: .apart(location))
                    }
                )
            },
            tokens: try reading.tokenCounts(of: organization.id, on: figures.day),
            tenants: try reading.tenants(of: organization.id)
                .filter { $0.signedUpOn <= figures.day }
                .map { tenant in
                    TenantStatement(
                        id: tenant.id,
                        domain: tenant.domain,
                        seats: try reading.seatHoldings(
                            on: tenant,
                            organization: organization,
                            day: figures.today,
                            asOf: figures.day
                        ).map { .init(pool: $0.pool, summary: $0.summary, unlicensedUsers: $0.unlicensedUsers) }
                    )
                },
            enrollments: try reading.enrollments(of: organization.id)
                // R33: a renewal late in the window carries on from its own day, though its year began before.
                .filter { $0.benefitsStartOn <= figures.day }
                .map { enrollment in
                    EnrollmentStatement(
                        enrollment: enrollment.known(on: figures.day),
                        status: enrollment.status(on: figures.day, portal: organization.portal),
                        grants: figures.history.grants(of: enrollment.known(on: figures.day), nearest: figures.day)
                    )
                },
            remarks: try reading.remarks(on: figures.history, day: figures.day)
        )
    }
}

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
        self.organization = organization
        let reading = context.reading
        today = context.today(in: organization)
        day = asOf ?? today
        guard day <= today else {
            throw Refusal(
                .dateInFuture,
                "A statement as of \(day) is not possible: it is \(today) in \(organization.timeZone.identifier).",
                facts: [.init("date", .text(day.description)), .init("today", .text(today.description))]
            )
        }
        let day = day
        history = try GrantHistory(of: organization, reading: reading)
        grants = history.grants(on: day)
        use =
            try day == today
            ? reading.use(of: nil, in: organization.id) : reading.use(of: nil, in: organization.id, on: day)
        countries = try reading.sharingCountries(of: organization.id, by: organization.timeZone.end(of: day))
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

    func statement(of product: ProductLine, sharing: Sharing) -> ProductStatement {
        let granted = grants.filter { $0.sharing == sharing }.map(\.grant).filter { $0.product == product }
        let ofProduct = use.filter { $0.product == product && $0.sharing == sharing }
        let pool = EntitlementPool(
            product: product,
            grants: granted,
            used: use.counted(of: product, sharing: sharing),
            locations: sharing == .organization ? countries : []
        )
        func units(_ standing: UseStanding, _ kinds: AssignmentKind...) -> Int {
            ofProduct.filter { $0.standing == standing && kinds.contains($0.kind) }.reduce(0) { $0 + $1.units }
        }
        return ProductStatement(
            product: product,
            earned: granted.reduce(0) { $0.clampedSum($1.quantity) },
            clipped: granted.reduce(0) { $0.clampedSum($1.clipped) },
            usedCloud: units(.counted, .cloud),
            usedOnPremises: units(.counted, .onPremises),
            exempt: units(.exempt, .cloud, .onPremises),
            boughtOutside: units(.outside, .cloud, .onPremises),
            pool: pool
        )
    }
}
