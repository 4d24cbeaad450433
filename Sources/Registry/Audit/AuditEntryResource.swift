import FoundationEssentials

/// A row of a ledger.
public struct AuditEntryResource: Hashable, Sendable, Codable {
    /// From 1, without gaps in its ledger.
    public let sequence: Int64
    public let at: Instant
    /// Whose ledger it stands in; null for the registry's own.
    @Nullable public var organizationId: OrganizationID?
    /// Who did it: a principal.
    public let actor: String
    /// `subject.verb`, such as `token.redeem`.
    public let action: String
    /// The identifier of what was changed.
    public let subject: String
    public let changes: AuditValue
    public let requestId: String
    /// SHA-256 over the predecessor's hash and the row, in hexadecimal.
    public let hash: String
    /// Where a list goes on behind this row.
    public let cursor: LedgerCursor

    /// - Parameter isOneLedger: whether it is one of the rows of its ledger alone.
    /// - Throws: `DecodingError` for changes that are not JSON.
    init(_ entry: AuditEntry, isOneLedger: Bool) throws {
        sequence = entry.sequence
        at = entry.at
        organizationId = entry.organizationID
        actor = entry.actor
        action = entry.action
        subject = entry.subject
        changes = try JSONDecoder().decode(AuditValue.self, from: Data(entry.changes.utf8))
        requestId = entry.requestID
        hash = entry.hash.hexadecimal
        cursor = LedgerCursor(behind: entry, isOneLedger: isOneLedger)
    }
}
