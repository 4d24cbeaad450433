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

    public func answer(in context: QueryContext) throws -> TokenView {
        let token = try context.reading.requireToken(id)
        try context.require(.keys, in: token.organizationID)
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

    public func answer(in context: QueryContext) throws -> Page<TokenView, TokenID> {
        let organization = try context.reading.requireOrganization(organizationID)
        try context.require(.keys, in: organization.id)
        if let enrollmentID {
            let enrollment = try context.reading.requireEnrollment(enrollmentID)
            guard enrollment.organizationID == organization.id else {
                throw Refusal(
                    .enrollmentNotFound,
                    "\(organization.id) has no enrollment \(enrollmentID).",
                    facts: [.init("enrollmentId", .text(enrollmentID.value))]
                )
            }
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
