/// The licence statement of an organisation: what it may use, what it uses, and what it holds, on one day.
public struct StatementResource: Hashable, Sendable, Codable {
    public let organizationId: OrganizationID
    public let asOf: CalendarDate
    /// The last row of the organisation's ledger that it was made from; `knownOn` of it gives the same statement.
    public internal(set) var auditSequence: Int64
    /// How many facts of that day or before were recorded after the day was over.
    public internal(set) var recordedLater: Int
    /// How many fields were corrected after the day was over.
    public internal(set) var correctedLater: Int
    public let products: [Product]
    /// R03: what the locations that share nothing have and use, each by itself.
    public let apart: [Apart]
    public let tokens: TokenCounts
    public let tenants: [Tenant]
    public let enrollments: [Enrollment]
    /// R11, R12, R44: remarks on the enrollments that are in force.
    public let warnings: [Warning]

    /// R03: what a location that shares nothing has and uses.
    public struct Apart: Hashable, Sendable, Codable {
        public let locationId: LocationID
        public let products: [Product]
    }

    /// One product line.
    public struct Product: Hashable, Sendable, Codable {
        public let product: ProductLine
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

    /// What takes from the entitlement.
    public struct Used: Hashable, Sendable, Codable {
        public let cloud: Int
        public let onPremises: Int
        public let total: Int
    }

    /// What does not take from the entitlement.
    public struct Uncounted: Hashable, Sendable, Codable {
        /// R06
        public let demonstrationAndTraining: Int
        /// R42
        public let boughtOutside: Int
    }

    /// A limit that the use passes.
    public struct LimitPassed: Hashable, Sendable, Codable {
        public let limit: EntitlementLimit
        public let rule: Rule
        /// Whose maximum it is; null for a limit of the organisation's.
        @Nullable public var country: CountryCode?
    }

    /// A product line in one country.
    public struct Country: Hashable, Sendable, Codable {
        public let country: CountryCode
        /// R05: what can be used here alone.
        public let local: Int
        public let maximum: Int
        public let used: Int
        public let available: Int
    }

    /// A tenant and its seats.
    public struct Tenant: Hashable, Sendable, Codable {
        /// Null until it is known.
        @Nullable public var id: TenantID?
        public let tenantDomain: DomainName
        public let seats: [Seats]
    }

    /// The seats of one SKU and source. It leaves out what may still change for a day that
    /// is over, such as the end of a service.
    public struct Seats: Hashable, Sendable, Codable {
        public let skuPartNumber: SKUPartNumber
        /// `program`, or the words of the purchase.
        public let source: String
        public let capabilityStatus: SeatBlockStatus
        public let prepaidUnits: PrepaidUnits
        public let consumedUnits: Int
        public let unlicensedUnits: Int
        /// R32: who sits on seats without rights, at most a hundred of them.
        public let unlicensedUsers: [UserPrincipalName]

        init(_ holding: SeatHolding) {
            skuPartNumber = holding.pool.skuPartNumber
            source = holding.pool.source
            capabilityStatus = holding.summary.capabilityStatus
            prepaidUnits = holding.summary.prepaidUnits
            consumedUnits = holding.summary.consumedUnits
            unlicensedUnits = holding.summary.unlicensedUnits
            unlicensedUsers = holding.unlicensedUsers
        }
    }

    /// An enrollment and what it grants.
    public struct Enrollment: Hashable, Sendable, Codable {
        public let id: EnrollmentID
        public let program: ProgramID
        public let locationId: LocationID
        public let country: CountryCode
        public let startsOn: CalendarDate
        public let endsOn: CalendarDate
        public let status: Registry.Enrollment.Status
        public let grants: [EnrollmentGrantResource]

        init(_ enrollment: Registry.Enrollment, status: Registry.Enrollment.Status, grants: [Grant]) {
            id = enrollment.id
            program = enrollment.programID
            locationId = enrollment.locationID
            country = enrollment.country
            startsOn = enrollment.year.startsOn
            endsOn = enrollment.year.endsOn
            self.status = status
            self.grants = grants.map(EnrollmentGrantResource.init)
        }
    }
}
