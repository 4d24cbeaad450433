/// What a renewal did. It is kept, so that applying it again gives the same answer.
public struct AppliedRenewal: Hashable, Sendable, Codable {
    public let enrollmentID: EnrollmentID
    public let organizationID: OrganizationID
    /// The enrollment of the next year.
    public let successorID: EnrollmentID
    public let programID: ProgramID
    public let appliedOn: CalendarDate
    public let nextYear: ProgramYear
    /// The tokens that the entitlement brings, in the order of the plan.
    public let planned: [RenewalPlan.Issue]
    /// The tokens that were issued with it, one for each that is planned; none where the portal's codes are awaited.
    public let issued: [Issued]
    /// R33: the closing year's tokens that nobody had redeemed.
    public let voided: [TokenID]
    /// The first day on which they are void; before it they can be redeemed.
    public let voidOn: CalendarDate
    /// Which token is planned for which tenant.
    public let placements: [Placement]
    /// R36: which tenant is signed up again for which service.
    public let signUps: [RenewalPlan.SignUp]
    /// How many users the plan left without a seat.
    public let uncovered: Int
    /// The ledger's row.
    public let auditSequence: Int64

    public struct Issued: Hashable, Sendable, Codable {
        public let tokenID: TokenID
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
    }

    public struct Placement: Hashable, Sendable, Codable {
        /// The index in ``AppliedRenewal/planned``.
        public let issue: Int
        /// Nil until the portal's code for it is there.
        public let tokenID: TokenID?
        public let tenantID: TenantID?
        public let tenantDomain: DomainName
    }
}

/// What became of a renewal's placement.
public struct CarriedOut: Hashable, Sendable, Codable {
    public let redemptions: [RedemptionResource]
    public let signUps: [RenewalPlan.SignUp]

    public static let nothing = CarriedOut(redemptions: [], signUps: [])
}
