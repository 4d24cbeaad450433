/// R19: rows of the ledgers as another program can verify them: those of an organisation for its administrator, those of
/// all with their seals for the registry's owner.
public struct ExportAudit: RegistryQuery {
    public static let summary = "Export rows of the ledgers for another program to verify"

    /// Only the rows of this organisation's ledger; nil for those of all.
    var organization: OrganizationID?
    /// Only rows behind this one: where the page before ended.
    var after: LedgerCursor?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.ledger(of: organization)
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<ExportedRowResource, LedgerCursor> {
        let cursor = try LedgerCursor.behind(after, in: organization)
        let limit = (limit ?? .standard).value
        let filter = AuditFilter(organizationID: organization)
        let entries = try context.reading.auditEntries(filter, after: cursor, limit: limit)
        var seal: Seal?
        let items = try entries.map { entry in
            if organization == nil, entry.seal != seal?.number { seal = try context.reading.seal(entry.seal) }
            return ExportedRowResource(entry, seal: seal.map(SealResource.init))
        }
        let last = items.count == limit ? entries.last : nil
        return Page(items: items, next: last.map { LedgerCursor(behind: $0, isOneLedger: organization != nil) })
    }
}

/// A row of a ledger, with the very texts that its hash is over. `registry(5)` publishes how.
public struct ExportedRowResource: Hashable, Sendable, Codable {
    /// From 1, without gaps in its ledger.
    public let sequence: Int64
    /// Whose ledger it stands in; null for the registry's own.
    @Nullable public var organizationId: OrganizationID?
    /// RFC 3339 in UTC, with six decimals.
    public let at: Instant
    public let actor: String
    public let action: String
    /// A person, here and in the changes, is named by the pseudonym.
    public let subject: String
    /// A JSON object, as the text that was hashed.
    public let changes: String
    public let requestId: String
    /// What was done to the registry's tables: a JSON object of keyed sums, as the text that was hashed.
    public let rows: String
    /// SHA-256 over the predecessor's hash and the row, in hexadecimal.
    public let hash: String
    /// The seal of its commit, where the rows of all ledgers are exported; else null.
    @Nullable public var seal: SealResource?

    init(_ entry: AuditEntry, seal: SealResource?) {
        sequence = entry.sequence
        at = entry.at
        actor = entry.actor
        action = entry.action
        subject = entry.subject
        changes = entry.changes
        requestId = entry.requestID
        rows = entry.rows
        hash = entry.hash.hexadecimal
        organizationId = entry.organizationID
        self.seal = seal
    }
}

/// What a commit leaves: it vouches for the ledgers that the commit appended to, and for all commits before it.
public struct SealResource: Hashable, Sendable, Codable {
    /// From 1, without gaps.
    public let number: Int64
    public let at: Instant
    /// SHA-256 over the predecessor's hash and the heads that the commit moved, in hexadecimal.
    public let hash: String

    init(_ seal: Seal) {
        number = seal.number
        at = seal.at
        hash = seal.hash.hexadecimal
    }
}
