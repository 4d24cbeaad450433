/// A token as it stands on a day.
public struct TokenView: Hashable, Sendable {
    public let token: Token
    public let status: Token.Status
    /// The SKU's GUID, where the catalogue has one.
    public let skuID: String?
}

public struct TokenQuery: RegistryQuery {
    public let id: TokenID

    public init(id: TokenID) {
        self.id = id
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(id, for: .keys)
    }

    public func answer(on token: Token, in context: QueryContext) throws -> TokenView {
        let organization = try context.reading.requireOrganization(token.organizationID)
        return TokenView(
            token: token,
            status: token.status(on: context.today(in: organization)),
            skuID: try context.reading.sku(token.skuPartNumber)?.skuIDs.first
        )
    }
}

/// An organisation's tokens, in the order of their ids.
public struct TokensQuery: RegistryQuery {
    public let organizationID: OrganizationID
    public let enrollmentID: EnrollmentID?
    public let status: Token.Status?
    public let after: TokenID?
    public let limit: Int

    public init(
        organizationID: OrganizationID,
        enrollmentID: EnrollmentID?,
        status: Token.Status?,
        after: TokenID?,
        limit: Int
    ) {
        self.organizationID = organizationID
        self.enrollmentID = enrollmentID
        self.status = status
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .keys)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> Page<TokenView, TokenID> {
        if let enrollmentID {
            _ = try context.reading.requireEnrollment(enrollmentID, of: organization.id)
        }
        let today = context.today(in: organization)
        let filter = TokenFilter(
            organizationID: organization.id,
            enrollmentID: enrollmentID,
            status: status,
            asOf: today
        )
        let tokens = try context.reading.tokens(filter, after: after, limit: limit)
        var skuIDs: [SKUPartNumber: String?] = [:]
        let views = try tokens.map { token in
            if skuIDs[token.skuPartNumber] == nil {
                skuIDs[token.skuPartNumber] = try context.reading.sku(token.skuPartNumber)?.skuIDs.first
            }
            return TokenView(
                token: token,
                status: token.status(on: today),
                skuID: skuIDs[token.skuPartNumber] ?? nil
            )
        }
        return Page(items: views, next: tokens.count == limit ? tokens.last?.id : nil)
    }
}
