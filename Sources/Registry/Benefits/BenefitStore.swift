public protocol BenefitReading {
    /// What was redeemed without a code of an organisation's enrollments, in the order of the seat blocks.
    func benefitRedemptions(of organization: OrganizationID) throws -> [BenefitRedemption]
    /// R54: the billing accounts that are the organisation's own, in the order in which they were recorded.
    func billingAccounts(of organization: OrganizationID) throws -> [String]
}

public protocol BenefitWriting {
    /// R54: a benefit of an enrollment is redeemed once, for ever.
    func insert(_ redemption: BenefitRedemption, recordedAt: Instant) throws
    /// R54: one more billing account of the organisation's own.
    func add(billingAccount: String, of organization: OrganizationID, recordedAt: Instant) throws
    /// R54: the billing account that the tenant stands under from now on.
    func set(billingAccount: String, of tenant: DomainName, recordedAt: Instant) throws
}

/// R54: a benefit that was ordered on a tenant, at no cost.
public struct BenefitRedemption: Hashable, Sendable, Decodable {
    public let enrollmentID: EnrollmentID
    public let product: ProductLine
    public let tenantDomain: DomainName
    public let seatBlockID: SeatBlockID
    public let redeemedOn: CalendarDate
}
