/// What a renewal did.
public struct RenewalResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    /// The enrollment of the next year.
    public let successorId: EnrollmentID
    public let program: ProgramID
    public let appliedOn: CalendarDate
    public let nextYear: ProgramYear
    /// The new tokens that are there, in the order of the plan or of their import.
    public let issued: [Issued]
    /// R33: the closing year's tokens that nobody had redeemed.
    public let voided: [TokenID]
    /// The first day on which they are void; before it they can be redeemed.
    public let voidOn: CalendarDate
    public let placements: [Placement]
    /// What the placement became; empty when it was not asked for, or awaits the next year or the portal's codes.
    public let redemptions: [Performed<RedemptionResource>]
    /// The sign-ups that were carried out with them.
    public let signUps: [RenewalPlan.SignUp]
    /// R33: the first day on which the placement can be carried out, where it was asked for and waits.
    @Nullable public var awaitsRedemptionFrom: CalendarDate?
    /// Whether tokens of the portal's are still to be imported: into the successor, or with the same request and `codes`.
    public let awaitsCodes: Bool
    /// How many users the plan left without a seat.
    public let uncovered: Int
    /// The ledger's row.
    public let auditSequence: Int64

    /// A token that was issued.
    public struct Issued: Hashable, Sendable, Codable {
        public let tokenId: TokenID
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
    }

    /// Which token is for which tenant.
    public struct Placement: Hashable, Sendable, Codable {
        /// Null until a token like it is there.
        @Nullable public var tokenId: TokenID?
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
        @Nullable public var tenantId: TenantID?
        public let tenantDomain: DomainName
    }

    init(
        _ applied: AppliedRenewal,
        issued: [AppliedRenewal.Issued],
        placements: [AppliedRenewal.Placement],
        carriedOut: CarriedOut,
        awaitsRedemptionFrom: CalendarDate?,
        awaitsCodes: Bool,
        isDryRun: Bool
    ) {
        enrollmentId = applied.enrollmentID
        organizationId = applied.organizationID
        successorId = applied.successorID
        program = applied.programID
        appliedOn = applied.appliedOn
        nextYear = applied.nextYear
        self.issued = issued.map {
            Issued(tokenId: $0.tokenID, skuPartNumber: $0.skuPartNumber, seats: $0.seats)
        }
        voided = applied.voided
        voidOn = applied.voidOn
        self.placements = placements.map {
            Placement(
                tokenId: $0.tokenID,
                skuPartNumber: applied.planned[$0.issue].skuPartNumber,
                seats: applied.planned[$0.issue].seats,
                tenantId: $0.tenantID,
                tenantDomain: $0.tenantDomain
            )
        }
        redemptions = carriedOut.redemptions.map { Performed($0, isDryRun: isDryRun) }
        signUps = carriedOut.signUps
        self.awaitsRedemptionFrom = awaitsRedemptionFrom
        self.awaitsCodes = awaitsCodes
        uncovered = applied.uncovered
        auditSequence = applied.auditSequence
    }
}
