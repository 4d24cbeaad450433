import Registry

public enum ReplaceTokenOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/tokens/{token}/replace",
        "replaceToken",
        "Replace a token that was redeemed wrongly",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var token: String
        public var code: SecretText
        public var on: String?

        public init(token: String, code: SecretText, on: String? = nil) {
            self.token = token
            self.code = code
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> ReplacementResource {
        let answer = try await call.perform(
            ReplaceToken(
                id: try WireText.number(input.token, "token"),
                code: try input.code.activationCode(),
                on: try input.on.map { try WireText.date($0, "on") }
            )
        )
        return ReplacementResource(answer, dryRun: call.options.isDryRun)
    }
}

public struct ReplacementResource: Codable, Sendable {
    public let tokenId: String
    public let organizationId: String
    public let replacementId: String
    public let enrollmentId: String
    public let skuPartNumber: String
    public let seats: Int
    public let replacedOn: String
    @Nullable public var tenantId: String?
    public let tenantDomain: String
    @Nullable public var seatBlockId: String?
    public let redeemableThrough: String
    public let auditSequence: Int64
    public let dryRun: Bool
    public let warnings: [WarningResource]

    init(_ answer: ReplaceToken.Answer, dryRun: Bool) {
        tokenId = answer.tokenID.description
        organizationId = answer.organizationID.value
        replacementId = answer.replacementID.description
        enrollmentId = answer.enrollmentID.value
        skuPartNumber = answer.skuPartNumber.text
        seats = answer.seats
        replacedOn = answer.replacedOn.description
        tenantId = answer.tenantID?.value
        tenantDomain = answer.tenantDomain.value
        seatBlockId = answer.seatBlockID?.description
        redeemableThrough = answer.redeemableThrough.description
        auditSequence = answer.auditSequence
        self.dryRun = dryRun
        warnings = answer.warnings.map(WarningResource.init)
    }
}
