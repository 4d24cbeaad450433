/// What a renewal did.
public struct RenewalResource: Hashable, Sendable, Codable, RecordedAnswer {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    /// The enrollment of the next year.
    public let successorId: EnrollmentID
    public let program: ProgramID
    public let appliedOn: CalendarDate
    public let nextYear: ProgramYear
    /// The new tokens that are there, in the order of the plan or of their import.
    public internal(set) var issued: [Issued]
    /// R33: the closing year's tokens that nobody had redeemed.
    public let voided: [TokenID]
    /// The first day on which they are void; before it they can be redeemed.
    public let voidOn: CalendarDate
    public internal(set) var placements: [Placement]
    /// What the placement became; empty when it was not asked for, or awaits the next year or the portal's codes.
    public internal(set) var redemptions: [Performed<RedemptionResource>] = []
    /// The sign-ups that were carried out with them.
    public internal(set) var signUps: [RenewalPlan.SignUp] = []
    /// R33: the first day on which the placement can be carried out, where it was asked for and waits.
    @Nullable public var awaitsRedemptionFrom: CalendarDate?
    /// Whether tokens of the portal's are still to be imported: into the successor, or with the same request and `codes`.
    public internal(set) var awaitsCodes = false
    /// How many users the plan left without a seat.
    public let uncovered: Int
    /// The ledger's row.
    public internal(set) var auditSequence: Int64 = 0

    /// A token that was issued.
    public struct Issued: Hashable, Sendable, Codable {
        public let tokenId: TokenID
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
    }

    /// Which token is for which tenant.
    public struct Placement: Hashable, Sendable, Codable {
        /// Null until a token like it is there.
        @Nullable public internal(set) var tokenId: TokenID?
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
        @Nullable public var tenantId: TenantID?
        public let tenantDomain: DomainName

        /// The token that it is planned for.
        var issue: RenewalPlan.Issue { RenewalPlan.Issue(skuPartNumber: skuPartNumber, seats: seats) }
    }
}
