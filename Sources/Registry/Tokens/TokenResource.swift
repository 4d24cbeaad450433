/// A token as it stands on a day.
public struct TokenResource: Hashable, Sendable, Codable {
    public let id: TokenID
    public let organizationId: OrganizationID
    public let enrollmentId: EnrollmentID
    public let maskedCode: String
    public let skuPartNumber: SKUPartNumber
    /// The SKU's GUID, where the catalogue has one.
    @Nullable public var skuId: String?
    public let seats: Int
    public let status: Token.Status
    public let origin: Token.Origin
    public let issuedOn: CalendarDate
    /// R33: the last day on which it can be redeemed.
    public let redeemableThrough: CalendarDate
    @Nullable public var redeemedOn: CalendarDate?
    @Nullable public var tenantId: TenantID?
    @Nullable public var tenantDomain: DomainName?
    @Nullable public var voidedOn: CalendarDate?
    /// R29: who carries it to the portal; null when nobody has reserved it.
    @Nullable public var reservedBy: String?
    /// Until when nobody else can redeem it or see its code.
    @Nullable public var reservedUntil: Instant?
    /// The tenant on which it is going to be redeemed.
    @Nullable public var reservedFor: DomainName?
    /// R46
    @Nullable public var replacedBy: TokenID?
    /// R46
    @Nullable public var replaces: TokenID?

    init(_ token: Token, on day: CalendarDate, skuID: String?, reservation: TokenReservation?) {
        id = token.id
        organizationId = token.organizationID
        enrollmentId = token.enrollmentID
        maskedCode = token.maskedCode
        skuPartNumber = token.skuPartNumber
        skuId = skuID
        seats = token.seats
        status = token.status(on: day)
        origin = token.origin
        issuedOn = token.issuedOn
        redeemableThrough = token.redeemableThrough
        redeemedOn = token.fate.redemption?.on
        tenantId = token.fate.redemption?.tenantID
        tenantDomain = token.fate.redemption?.tenantDomain
        reservedBy = reservation?.principal
        reservedUntil = reservation?.reservedUntil
        reservedFor = reservation?.tenantDomain
        if case .void(let voidedOn) = token.fate {
            self.voidedOn = voidedOn
        } else {
            voidedOn = status == .void ? token.redeemableThrough.adding(days: 1) : nil
        }
        if case .replaced(_, let replacement, _) = token.fate { replacedBy = replacement }
        replaces = token.replaces
    }
}
