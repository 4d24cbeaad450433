public import Registry

public enum RedeemTokenOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/redemptions",
        "redeemToken",
        "Record that a token is redeemed on a tenant; nothing happens at Microsoft",
        successStatus: 201
    )

    /// Names the token by its code or by its id.
    public struct Input: Codable, Sendable {
        public var code: SecretText?
        public var token: String?
        public var tenant: String
        public var on: String?
        /// `add` (the default) or `extend`.
        public var intent: String?

        public init(code: SecretText?, token: String?, tenant: String, on: String? = nil, intent: String? = nil) {
            self.code = code
            self.token = token
            self.tenant = tenant
            self.on = on
            self.intent = intent
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> RedemptionResource {
        let reference: TokenReference
        switch (input.code, input.token) {
        case (let code?, nil): reference = .code(try code.activationCode())
        case (nil, let token?): reference = .id(try WireText.number(token, "token"))
        default:
            throw Refusal(.inputInvalid, "Name the token either by its code or by its id.")
        }
        let answer = try await call.perform(
            RedeemToken(
                token: reference,
                tenant: try TenantReference(input.tenant),
                on: try input.on.map { try WireText.date($0, "on") },
                intent: try input.intent.map { try WireText.choice($0, "intent") } ?? .add
            )
        )
        return RedemptionResource(answer, dryRun: call.options.isDryRun)
    }
}

/// The input of operations on one token.
public struct TokenInput: Codable, Sendable {
    public var token: String

    public init(token: String) {
        self.token = token
    }
}

public enum ShowTokenOperation: Operation {
    public static let route = Route(.get, "/v1/tokens/{token}", "showToken", "Show a token, its code masked")

    public static func perform(_ input: TokenInput, in call: Call) async throws -> TokenResource {
        TokenResource(try await call.answer(TokenQuery(id: try WireText.number(input.token, "token"))))
    }
}

public enum ListTokensOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/tokens",
        "listTokens",
        "List an organisation's tokens"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var enrollment: String?
        public var status: String?
        public var after: String?
        public var limit: Int?

        public init(
            organization: String,
            enrollment: String? = nil,
            status: String? = nil,
            after: String? = nil,
            limit: Int? = nil
        ) {
            self.organization = organization
            self.enrollment = enrollment
            self.status = status
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<TokenResource> {
        let page = try await call.answer(
            TokensQuery(
                organizationID: try WireText.identifier(input.organization, "organization"),
                enrollmentID: try input.enrollment.map { try WireText.identifier($0, "enrollment") },
                status: try input.status.map { try WireText.choice($0, "status") },
                after: try input.after.map { try WireText.number($0, "after") },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(items: page.items.map(TokenResource.init), next: page.next?.description)
    }
}

public enum RevealTokenOperation: RevealOperation {
    public static let route = Route(
        .post,
        "/v1/tokens/{token}/reveal",
        "revealToken",
        "Show a token's code; that it was shown is recorded"
    )

    public static func useCase(_ input: TokenInput) throws -> RevealToken {
        RevealToken(id: try WireText.number(input.token, "token"))
    }

    public static func output(_ answer: RevealToken.Answer) -> RevealedTokenResource {
        RevealedTokenResource(
            id: answer.id.description,
            code: answer.code.revealed,
            auditSequence: answer.auditSequence
        )
    }
}

public enum ImportTokensOperation: UploadOperation {
    public static let route = Route(
        .post,
        "/v1/enrollments/{enrollment}/tokens",
        "importTokens",
        "Import the portal's tokens of an enrollment",
        successStatus: 201
    )

    public static func useCase(_ input: EnrollmentInput) throws -> any UseCase {
        try command(input, .absent)
    }

    private static func command(_ input: EnrollmentInput, _ file: UploadedFile) throws -> ImportTokens {
        ImportTokens(
            enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
            digest: file.digest,
            open: file.open
        )
    }

    public static func perform(
        _ input: EnrollmentInput,
        file: UploadedFile,
        in call: Call
    ) async throws -> TokenImportResource {
        let answer = try await call.perform(try command(input, file))
        return TokenImportResource(answer, dryRun: call.options.isDryRun)
    }
}
