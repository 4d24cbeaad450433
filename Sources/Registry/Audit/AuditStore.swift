/// What can be read of the ledger.
public protocol AuditReading {
    /// The last row; nil while the ledger is empty.
    func auditHead() throws -> AuditHead?
    /// The sequence of the row that was appended last, in this transaction or before; 0 while the ledger is empty.
    func lastAuditSequence() throws -> Int64
    func size() throws -> RegistrySize
    /// Rows in the order of their sequence.
    func auditEntries(_ filter: AuditFilter, after sequence: Int64, limit: Int) throws -> [AuditEntry]
    /// Calls `body` with every row from the first to the last. Reads in constant memory.
    func forEachAuditEntry(_ body: (AuditEntry) throws -> Void) throws
    /// The hash that a row should bear: SHA-256 over its predecessor's hash and its canonical bytes.
    func auditHash(of entry: AuditEntry, after predecessor: [UInt8]) -> [UInt8]
}

public protocol AuditWriting {
    /// Gives `draft` its sequence and hash and appends it.
    /// - Returns: the sequence.
    func append(_ draft: AuditDraft) throws -> Int64
}

/// Which rows of the ledger are asked for.
public struct AuditFilter: Hashable, Sendable {
    /// Only the rows of this organisation's affairs; nil for all, the registry's own included.
    public var organizationID: OrganizationID?
    public var subject: String?
    public var since: Instant?
    public var until: Instant?

    /// Every row.
    public static let all = AuditFilter()
}
