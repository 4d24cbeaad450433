/// R13, R16, R19: who could have seen a token's code between two instants, and who did.
public struct ShowTokenExposure: RegistryQuery {
    public static let summary = "Show who could have seen a code, and who did"

    let token: TokenID
    /// Nil for the token's issue.
    var since: InstantOrDay?
    /// Nil for now.
    var until: InstantOrDay?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(token, for: .administrator)
    }

    public func answer(on token: Token, in context: QueryContext) throws -> TokenExposureResource {
        let organization = try context.reading.requireOrganization(token.organizationID)
        let issue = organization.timeZone.end(of: token.issuedOn.adding(days: -1))
        let first = since?.beginning ?? issue
        let last = until?.end ?? context.now
        guard first <= last else {
            throw Refusal(.inputInvalid, "The interval ends on \(last), before it begins on \(first).")
        }
        let grants = try context.reading.grants(in: token.organizationID).filter { stored in
            (stored.grant.permission == .keys || stored.grant.permission == .administrator)
                && stored.overlaps(from: first, through: last)
        }
        let rows = try reveals(in: token.organizationID, from: first, through: last, context)
        let resource = { try AuditEntryResource($0, isOneLedger: true, people: context.reading) }
        return TokenExposureResource(
            tokenId: token.id,
            from: first,
            until: last,
            could: grants.map { stored in
                TokenExposureResource.Holder(
                    principal: stored.grant.principal,
                    permission: stored.grant.permission,
                    from: stored.grant.from,
                    until: stored.end,
                    grantedBy: stored.grant.grantedBy
                )
            },
            did: try rows.filter { $0.action == RevealToken.action }.map(resource),
            refused: try rows.filter { $0.action == "\(RevealToken.action)-refused" }.map(resource)
        )
    }

    private func reveals(
        in organization: OrganizationID,
        from first: Instant,
        through last: Instant,
        _ context: QueryContext
    ) throws -> [AuditEntry] {
        let filter = AuditFilter(
            organizationID: organization,
            subject: token.description,
            since: first,
            until: last
        )
        var found: [AuditEntry] = []
        var after = LedgerCursor.beginning
        while true {
            let rows = try context.reading.auditEntries(filter, after: after, limit: 1_000)
            found += rows.filter { $0.action.hasPrefix(RevealToken.action) }
            guard let end = rows.last, rows.count == 1_000 else { return found }
            after = .sequence(end.sequence)
        }
    }
}

/// Who could have seen a code, and who did. Root and the registry's own user always can, and are not listed.
public struct TokenExposureResource: Hashable, Sendable, Codable {
    public let tokenId: TokenID
    public let from: Instant
    public let until: Instant
    /// Grants that let their holder see codes, in force at some instant in between.
    public let could: [Holder]
    /// The ledger's rows of reveals in between.
    public let did: [AuditEntryResource]
    /// The ledger's rows of reveals in between that were refused.
    public let refused: [AuditEntryResource]

    /// A grant that let its holder see codes.
    public struct Holder: Hashable, Sendable, Codable {
        /// `user:NAME` or `group:NAME`.
        public let principal: String
        public let permission: Permission
        public let from: Instant
        /// The first instant without the permission; null while it has no end.
        @Nullable public var until: Instant?
        /// The principal who granted it.
        public let grantedBy: String
    }
}
