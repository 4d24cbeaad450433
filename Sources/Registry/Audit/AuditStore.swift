/// What can be read of the ledgers: each organisation has one, and the registry has one for what belongs to none of them.
public protocol AuditReading {
    /// The last commit's seal; nil while nothing was committed.
    func lastSeal() throws -> Seal?
    /// Where the registry went; nil while it is not closed.
    func successor() throws -> Successor?
    /// Nil where there is no seal of this number.
    func seal(_ number: Int64) throws -> Seal?
    /// Where the ledger of an organisation ends, in this transaction or before; the registry's own for nil.
    func ledgerHead(of organization: OrganizationID?) throws -> LedgerHead
    /// When a row of an organisation's ledger was written; nil where it has none of this sequence.
    func auditInstant(of sequence: Int64, in organization: OrganizationID) throws -> Instant?
    /// The last row of an organisation's ledger that was written by an instant; 0 where there is none.
    func auditSequence(of organization: OrganizationID, by instant: Instant) throws -> Int64
    /// The latest instant of any ledger's row, in this transaction or before, since the clock was last accepted; nil while
    /// all ledgers are empty.
    func latestAuditInstant() throws -> Instant?
    /// How many rows all ledgers have.
    func ledgerRows() throws -> Int64
    func size() throws -> RegistrySize
    /// Rows in the order of their cursors: those of one ledger by their sequence, those of all by their commits.
    func auditEntries(_ filter: AuditFilter, after cursor: LedgerCursor, limit: Int) throws -> [AuditEntry]
    /// R19: holds each row of an organisation's ledger against the row before it; for nil those of all ledgers, and their
    /// seals. One pass over the rows, which keeps the heads of the ledgers in memory.
    func ledgerVerdict(of organization: OrganizationID?) throws -> AuditVerdictResource
}

public protocol AuditWriting {
    /// How many rows were appended in this transaction.
    var appendedRows: Int { get }

    /// Gives `draft` its sequence and hash and appends it to the ledger of its organisation.
    /// - Returns: the sequence.
    func append(_ draft: AuditDraft) throws -> Int64

    /// Ends the row that was appended last: what is changed from now on is of the next one.
    func closeLedgerRow() throws
}

/// Which rows of the ledgers are asked for.
public struct AuditFilter: Hashable, Sendable {
    /// Only the rows of this organisation's ledger; nil for those of all, the registry's own included.
    public var organizationID: OrganizationID?
    public var subject: String?
    public var since: Instant?
    public var until: Instant?

    /// Every row.
    public static let all = AuditFilter()
}
