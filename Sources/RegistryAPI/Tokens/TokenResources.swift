import Registry

public struct TokenResource: Codable, Sendable {
    public let id: String
    public let organizationId: String
    public let enrollmentId: String
    public let maskedCode: String
    public let skuPartNumber: String
    @Nullable public var skuId: String?
    public let seats: Int
    public let status: String
    /// `minted` by this registry, or `imported` from the portal.
    public let origin: String
    public let issuedOn: String
    public let redeemableThrough: String
    @Nullable public var redeemedOn: String?
    @Nullable public var tenantId: String?
    @Nullable public var tenantDomain: String?
    @Nullable public var voidedOn: String?
    @Nullable public var replacedBy: String?
    @Nullable public var replaces: String?

    init(_ view: TokenView) {
        let token = view.token
        id = token.id.description
        organizationId = token.organizationID.value
        enrollmentId = token.enrollmentID.value
        maskedCode = token.maskedCode
        skuPartNumber = token.skuPartNumber.description
        skuId = view.skuID
        seats = token.seats
        status = view.status.rawValue
        origin = token.origin.rawValue
        issuedOn = token.issuedOn.description
        redeemableThrough = token.redeemableThrough.description
        redeemedOn = token.fate.redemption?.on.description
        tenantId = token.fate.redemption?.tenantID?.value
        tenantDomain = token.fate.redemption?.tenantDomain.value
        if case .void(let voidedOn) = token.fate {
            self.voidedOn = voidedOn.description
        } else {
            voidedOn = view.status == .void ? token.redeemableThrough.adding(days: 1).description : nil
        }
        if case .replaced(_, let replacement, _) = token.fate { replacedBy = replacement.description }
        replaces = token.replaces?.description
    }
}

public struct RevealedTokenResource: Codable, Sendable {
    public let id: String
    public let code: String
    public let auditSequence: Int64
}

public struct RedemptionResource: Codable, Sendable {
    public let tokenId: String
    public let organizationId: String
    @Nullable public var tenantId: String?
    public let tenantDomain: String
    public let skuPartNumber: String
    public let seats: Int
    public let intent: String
    @Nullable public var seatBlockId: String?
    public let redeemedOn: String
    public let rightsEndOn: String
    public let serviceEndsOn: String
    public let auditSequence: Int64
    public let dryRun: Bool
    public let warnings: [WarningResource]

    init(_ answer: RedeemToken.Answer, dryRun: Bool) {
        tokenId = answer.tokenID.description
        organizationId = answer.organizationID.value
        tenantId = answer.tenantID?.value
        tenantDomain = answer.tenantDomain.value
        skuPartNumber = answer.skuPartNumber.description
        seats = answer.seats
        intent = answer.intent.rawValue
        seatBlockId = answer.seatBlockID?.description
        redeemedOn = answer.redeemedOn.description
        rightsEndOn = answer.rightsEndOn.description
        serviceEndsOn = answer.serviceEndsOn.description
        auditSequence = answer.auditSequence
        self.dryRun = dryRun
        warnings = answer.warnings.map(WarningResource.init)
    }
}

public struct TokenImportResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    public let tokens: Int
    public let seats: Int
    @Nullable public var firstTokenId: String?
    @Nullable public var lastTokenId: String?
    public let dryRun: Bool
    public let warnings: [WarningResource]

    init(_ answer: ImportTokens.Answer, dryRun: Bool) {
        enrollmentId = answer.enrollmentID.value
        organizationId = answer.organizationID.value
        tokens = answer.tokens
        seats = answer.seats
        firstTokenId = answer.first?.description
        lastTokenId = answer.last?.description
        self.dryRun = dryRun
        warnings = answer.warnings.map(WarningResource.init)
    }
}
