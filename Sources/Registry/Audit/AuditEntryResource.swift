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
    /// The identifier of what was changed. A person, here and in the changes, is named by the pseudonym once the name was
    /// erased.
    public let subject: String
    public let changes: AuditValue
    public let requestId: String
    /// SHA-256 over the predecessor's hash and the row, in hexadecimal.
    public let hash: String
    /// Where a list goes on behind this row.
    public let cursor: LedgerCursor

    /// - Parameters:
    ///   - isOneLedger: whether it is one of the rows of its ledger alone.
    ///   - people: gives the names that are still known.
    /// - Throws: `DecodingError` for changes that are not JSON.
    init(_ entry: AuditEntry, isOneLedger: Bool, people: any PersonReading) throws {
        sequence = entry.sequence
        at = entry.at
        organizationId = entry.organizationID
        actor = entry.actor
        action = entry.action
        subject = try entry.subject.replacingNames(by: people.known)
        changes = try JSONDecoder().decode(AuditValue.self, from: Data(entry.changes.utf8))
            .replacingNames(by: people.known)
        requestId = entry.requestID
        hash = entry.hash.hexadecimal
        cursor = LedgerCursor(behind: entry, isOneLedger: isOneLedger)
    }
}
