/// R19: whether the ledger is what was written, row for row.
public struct VerifyAudit: RegistryQuery {
    public static let summary = "Verify the ledger's chain of hashes"
    public static let timeLimit: Duration? = nil

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> AuditVerdictResource {
        try context.reading.ledgerVerdict()
    }
}

/// Whether the ledger is what was written.
public struct AuditVerdictResource: Hashable, Sendable, Codable {
    public let sound: Bool
    /// How many rows were found sound, from the first.
    public let rows: Int64
    /// The hash of the last of them in hexadecimal; zeros where there is none.
    public let head: String
    /// The first row that is not what was written; null when the ledger is sound.
    @Nullable public var faultSequence: Int64?
    @Nullable public var faultReason: String?
}

extension AuditReading {
    /// R19: walks the ledger from its first row, in constant memory.
    public func ledgerVerdict() throws -> AuditVerdictResource {
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
        return AuditVerdictResource(
            sound: fault == nil,
            rows: rows,
            head: head.hexadecimal,
            faultSequence: fault?.sequence,
            faultReason: fault?.reason
        )
    }
}
