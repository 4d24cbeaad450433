public import Registry

/// The licence statement of an organisation on a day.
public struct StatementResource: Codable, Sendable {
    public let organizationId: String
    public let asOf: String
    public let products: [Product]
    /// R03: what the locations that share nothing have and use, each by itself.
    public let apart: [Apart]
    public let tokens: Tokens
    public let tenants: [Tenant]
    public let enrollments: [Enrollment]
    /// What should be known of the enrollments that are in force.
    public let warnings: [WarningResource]

    public struct Apart: Codable, Sendable {
        public let locationId: String
        public let products: [Product]
    }

    public struct Product: Codable, Sendable {
        public let product: String
        /// What the figures count, such as `seats` or `USD a month`.
        public let unit: String
        /// What the benefits name, before anything was clipped.
        public let earned: Int
        /// R12: what did not fit below the maxima.
        public let clipped: Int
        public let entitlement: Int
        public let used: Used
        /// What does not take from the entitlement.
        public let uncounted: Uncounted
        public let available: Int
        public let countryMaximum: Int
        public let worldwideMaximum: Int
        /// Which limits the use passes, as it can when a grant has ended.
        public let limitsPassed: [LimitPassed]
        public let countries: [Country]
    }

    public struct Used: Codable, Sendable {
        public let cloud: Int
        public let onPremises: Int
        public let total: Int
    }

    public struct Uncounted: Codable, Sendable {
        /// R06.
        public let demonstrationAndTraining: Int
        /// R42.
        public let boughtOutside: Int
    }

    public struct LimitPassed: Codable, Sendable {
        public let limit: String
        public let rule: String
        @Nullable public var country: String?
    }

    public struct Country: Codable, Sendable {
        public let country: String
        /// R05: what can be used here alone.
        public let local: Int
        public let maximum: Int
        public let used: Int
        public let available: Int
    }

    public struct Tokens: Codable, Sendable {
        public let unredeemed: Int
        public let redeemed: Int
        public let void: Int
        public let replaced: Int
    }

    public struct Tenant: Codable, Sendable {
        @Nullable public var id: String?
        public let tenantDomain: String
        public let seats: [Seats]
    }

    public struct Seats: Codable, Sendable {
        public let skuPartNumber: String
        public let source: String
        public let capabilityStatus: String
        public let prepaidUnits: SeatResource.PrepaidUnits
        public let consumedUnits: Int
        public let unlicensedUnits: Int
        /// R32: who sits on seats without rights, at most a hundred of them.
        public let unlicensedUsers: [String]
    }

    public struct Enrollment: Codable, Sendable {
        public let id: String
        public let program: String
        public let locationId: String
        public let country: String
        public let startsOn: String
        public let endsOn: String
        public let status: String
        public let grants: [EnrollmentResource.Grant]
    }
}

extension StatementResource {
    init(_ statement: Statement) {
        self.init(
            organizationId: statement.organizationID.value,
            asOf: statement.asOf.description,
            products: statement.products.map(Product.init),
            apart: statement.apart.map {
                Apart(locationId: $0.locationID.value, products: $0.products.map(Product.init))
            },
            tokens: Tokens(
                unredeemed: statement.tokens.unredeemed,
                redeemed: statement.tokens.redeemed,
                void: statement.tokens.void,
                replaced: statement.tokens.replaced
            ),
            tenants: statement.tenants.map { tenant in
                Tenant(
                    id: tenant.id?.value,
                    tenantDomain: tenant.domain.value,
                    seats: tenant.seats.map(Seats.init)
                )
            },
            enrollments: statement.enrollments.map(Enrollment.init),
            warnings: statement.remarks.map { WarningResource($0.warning) }
        )
    }
}

extension StatementResource.Product {
    init(_ statement: ProductStatement) {
        let pool = statement.pool
        self.init(
            product: statement.product.rawValue,
            unit: statement.product.unit,
            earned: statement.earned,
            clipped: statement.clipped,
            entitlement: pool.position.entitlement,
            used: StatementResource.Used(
                cloud: statement.usedCloud,
                onPremises: statement.usedOnPremises,
                total: pool.position.used
            ),
            uncounted: StatementResource.Uncounted(
                demonstrationAndTraining: statement.exempt,
                boughtOutside: statement.boughtOutside
            ),
            available: pool.available,
            countryMaximum: pool.position.maximum.country,
            worldwideMaximum: pool.position.maximum.worldwide,
            limitsPassed: pool.limitsPassed.map { passed in
                StatementResource.LimitPassed(
                    limit: passed.limit.rawValue,
                    rule: passed.limit.rule.rawValue,
                    country: passed.country?.description
                )
            },
            countries: pool.countries.map { use in
                StatementResource.Country(
                    country: use.country.description,
                    local: use.local,
                    maximum: pool.position.maximum.country,
                    used: use.used,
                    available: pool.available(in: use.country)
                )
            }
        )
    }
}

extension StatementResource.Seats {
    init(_ holding: TenantStatement.Seats) {
        let units = holding.summary.prepaidUnits
        self.init(
            skuPartNumber: holding.pool.skuPartNumber.description,
            source: holding.pool.source,
            capabilityStatus: holding.summary.capabilityStatus.rawValue,
            prepaidUnits: SeatResource.PrepaidUnits(
                enabled: units.enabled,
                warning: units.warning,
                suspended: units.suspended,
                lockedOut: units.lockedOut
            ),
            consumedUnits: holding.summary.consumedUnits,
            unlicensedUnits: holding.summary.unlicensedUnits,
            unlicensedUsers: holding.unlicensedUsers.map(\.value)
        )
    }
}

extension StatementResource.Enrollment {
    init(_ statement: EnrollmentStatement) {
        let enrollment = statement.enrollment
        self.init(
            id: enrollment.id.value,
            program: enrollment.programID.value,
            locationId: enrollment.locationID.value,
            country: enrollment.country.description,
            startsOn: enrollment.year.startsOn.description,
            endsOn: enrollment.year.endsOn.description,
            status: statement.status.rawValue,
            grants: statement.grants.map(EnrollmentResource.Grant.init)
        )
    }
}

/// How a product line's figures come about, line by line.
public struct StatementExplanationResource: Codable, Sendable {
    public let organizationId: String
    public let product: String
    /// What the quantities count, such as `seats` or `USD a month`.
    public let unit: String
    public let asOf: String
    public let lines: [Line]

    public struct Line: Codable, Sendable {
        public let kind: String
        @Nullable public var rule: String?
        public let text: String
        @Nullable public var country: String?
        public let quantity: Int
        /// The ledger's rows that it follows from; the first hundred where there are more.
        public let auditSequences: [Int64]
    }

    init(_ explanation: StatementExplanation) {
        organizationId = explanation.organizationID.value
        product = explanation.product.rawValue
        unit = explanation.product.unit
        asOf = explanation.asOf.description
        lines = explanation.lines.map { line in
            Line(
                kind: line.kind.rawValue,
                rule: line.rule?.rawValue,
                text: line.text,
                country: line.country?.description,
                quantity: line.quantity,
                auditSequences: line.auditSequences
            )
        }
    }
}
