/// R19: whether a ledger, or all of them, are what was written, row for row.
public struct VerifyAudit: RegistryQuery {
    public static let summary = "Verify the ledgers' chains of hashes"
    public static let timeLimit: Duration? = nil

    /// Only this organisation's ledger, as its administrator may verify it; nil for all, and their seals.
    var organization: OrganizationID?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.ledger(of: organization)
    }

    public func answer(on _: Void, in context: QueryContext) throws -> AuditVerdictResource {
        try context.reading.ledgerVerdict(of: organization)
    }
}

/// Whether the ledgers are what was written.
public struct AuditVerdictResource: Hashable, Sendable, Codable {
    public let sound: Bool
    /// How many rows were found sound.
    public let rows: Int64
    /// The hash of the last of them in hexadecimal, zeros where there is none; of all ledgers the last sound seal's.
    public let head: String
    /// Whose ledger has the first fault; null for the registry's own, and when all is sound.
    @Nullable public var faultOrganizationId: OrganizationID?
    /// The first row that is not what was written; null when all rows are.
    @Nullable public var faultSequence: Int64?
    /// The first seal that does not match the rows of its commit; null when the rows themselves are at fault.
    @Nullable public var faultSeal: Int64?
    @Nullable public var faultReason: String?

    public init(rows: Int64, head: [UInt8], fault: LedgerFault?) {
        sound = fault == nil
        self.rows = rows
        self.head = head.hexadecimal
        faultReason = fault?.reason
        switch fault?.place {
        case .row(let organization, let sequence)?:
            faultOrganizationId = organization
            faultSequence = sequence
        case .seal(let number)?: faultSeal = number
        case nil: break
        }
    }
}

/// What is wrong with a ledger, or with the seals.
public struct LedgerFault: Hashable, Sendable {
    public let place: Place
    /// As a sentence for a person.
    public let reason: String

    public init(_ place: Place, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    public enum Place: Hashable, Sendable {
        case row(of: OrganizationID?, sequence: Int64)
        case seal(Int64)
    }
}
