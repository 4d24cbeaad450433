/// R19: rows of the ledger, in order: an organisation's own for its administrator, all of them for the registry's owner.
public struct AuditLogQuery: RegistryQuery {
    public var filter: AuditFilter
    public var after: Int64
    public var limit: Int

    public init(filter: AuditFilter, after: Int64, limit: Int) {
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        guard let organizationID = filter.organizationID else { return try gate.owner() }
        return try gate.organization(organizationID, for: .administrator).map { _ in }
    }

    public func answer(on _: Void, in context: QueryContext) throws -> [AuditEntry] {
        try context.reading.auditEntries(filter, after: after, limit: limit)
    }
}

/// R19: whether the ledger is what was written, row for row.
public struct VerifyAuditQuery: RegistryQuery {
    public static let timeLimit: Duration? = nil

    public init() {}

    public struct Verdict: Hashable, Sendable {
        public let isSound: Bool
        public let rows: Int64
        /// The last row's hash, or the genesis hash.
        public let head: [UInt8]
        /// The first row that is not what was written, and why; nil when the ledger is sound.
        public let fault: (sequence: Int64, reason: String)?

        public static func == (left: Verdict, right: Verdict) -> Bool {
            left.isSound == right.isSound && left.rows == right.rows && left.head == right.head
                && left.fault?.sequence == right.fault?.sequence
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(rows)
            hasher.combine(head)
        }
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Verdict {
        try context.reading.ledgerVerdict()
    }
}

extension AuditReading {
    /// R19: walks the ledger from its first row, in constant memory.
    public func ledgerVerdict() throws -> VerifyAuditQuery.Verdict {
        var rows: Int64 = 0
        var head = AuditEntry.genesisHash
        var fault: (sequence: Int64, reason: String)?
        try forEachAuditEntry { entry in
            guard fault == nil else { return }
            if entry.sequence != rows + 1 {
                fault = (rows + 1, "Row \(rows + 1) is missing: the next row is \(entry.sequence).")
            } else if auditHash(of: entry, after: head) != entry.hash {
                fault = (entry.sequence, "The hash of row \(entry.sequence) does not match its contents.")
            } else {
                rows = entry.sequence
                head = entry.hash
            }
        }
        return VerifyAuditQuery.Verdict(isSound: fault == nil, rows: rows, head: head, fault: fault)
    }
}
