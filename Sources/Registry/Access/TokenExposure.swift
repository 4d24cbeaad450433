/// R13, R16, R19: who could have seen a token's code between two instants, and who did.
public struct TokenExposure: RegistryQuery {
    public let id: TokenID
    /// Nil for the token's issue.
    public let from: Instant?
    /// Nil for now.
    public let through: Instant?

    public init(id: TokenID, from: Instant?, through: Instant?) {
        self.id = id
        self.from = from
        self.through = through
    }

    /// Beside those named, root and the registry's own user can read everything at any time.
    public struct Answer: Hashable, Sendable {
        public let id: TokenID
        public let from: Instant
        public let through: Instant
        /// Grants that let their holder see codes, in force at some instant in between.
        public let could: [StoredGrant]
        /// The ledger's rows of reveals in between.
        public let did: [AuditEntry]
        /// The ledger's rows of reveals in between that were refused.
        public let refused: [AuditEntry]
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(id, for: .administrator)
    }

    public func answer(on token: Token, in context: QueryContext) throws -> Answer {
        let organization = try context.reading.requireOrganization(token.organizationID)
        let issue = organization.timeZone.end(of: token.issuedOn.adding(days: -1))
        let first = from ?? issue
        let last = through ?? context.now
        guard first <= last else {
            throw Refusal(.inputInvalid, "The interval ends on \(last), before it begins on \(first).")
        }
        let grants = try context.reading.grants(in: token.organizationID).filter { stored in
            (stored.grant.permission == .keys || stored.grant.permission == .administrator)
                && stored.overlaps(from: first, through: last)
        }
        let rows = try reveals(from: first, through: last, context)
        return Answer(
            id: id,
            from: first,
            through: last,
            could: grants,
            did: rows.filter { $0.action == RevealToken.action },
            refused: rows.filter { $0.action == "\(RevealToken.action)-refused" }
        )
    }

    private func reveals(from first: Instant, through last: Instant, _ context: QueryContext) throws -> [AuditEntry] {
        let filter = AuditFilter(subject: id.description, since: first, until: last)
        var found: [AuditEntry] = []
        var after: Int64 = 0
        while true {
            let rows = try context.reading.auditEntries(filter, after: after, limit: 1_000)
            found += rows.filter { $0.action.hasPrefix(RevealToken.action) }
            guard let end = rows.last, rows.count == 1_000 else { return found }
            after = end.sequence
        }
    }
}
