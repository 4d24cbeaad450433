/// What an organisation may use, what it uses, and what it holds, on one day.
public struct Statement: Hashable, Sendable {
    public let organizationID: OrganizationID
    public let asOf: CalendarDate
    public let products: [ProductStatement]
    /// R03: what the locations that share nothing have and use, each by itself.
    public let apart: [ApartStatement]
    public let tokens: TokenCounts
    public let tenants: [TenantStatement]
    public let enrollments: [EnrollmentStatement]
    /// R11, R12, R44: what should be known of the enrollments that are in force.
    public let remarks: [EnrollmentRemark]
}

/// R03: what a location that shares nothing has and uses.
public struct ApartStatement: Hashable, Sendable {
    public let locationID: LocationID
    public let products: [ProductStatement]
}

/// One product line of a statement.
public struct ProductStatement: Hashable, Sendable {
    public let product: ProductLine
    /// What the benefits name, before anything was clipped.
    public let earned: Int
    /// R12: what did not fit below the maxima.
    public let clipped: Int
    public let usedCloud: Int
    public let usedOnPremises: Int
    /// R06: demonstration and training.
    public let exempt: Int
    /// R42: bought outside the programme.
    public let boughtOutside: Int
    /// Entitlement, maxima, and every country.
    public let pool: EntitlementPool
}

/// One tenant of a statement.
public struct TenantStatement: Hashable, Sendable {
    /// Nil until it is known.
    public let id: TenantID?
    public let domain: DomainName
    public let seats: [Seats]

    /// The seats of one pool. What may still change of a day that is over, such as a service's end, is not among it.
    public struct Seats: Hashable, Sendable {
        public let pool: SeatPool
        public let summary: SeatSummary
        /// R32: who sits on seats without rights.
        public let unlicensedUsers: [UserPrincipalName]
    }
}

/// One enrollment of a statement.
public struct EnrollmentStatement: Hashable, Sendable {
    public let enrollment: Enrollment
    public let status: Enrollment.Status
    public let grants: [Grant]
}
