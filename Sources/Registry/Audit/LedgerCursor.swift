/// The place behind a row, from which a list of rows goes on.
///
/// Rows of one ledger go by their sequence. Rows of all ledgers go by the number of their commit's seal: a commit is seen
/// after those with lower numbers, so that whoever goes on behind a row misses none, however many write.
public enum LedgerCursor: Hashable, Sendable {
    case beginning
    /// Among the rows of one ledger.
    case sequence(Int64)
    /// Among the rows of all ledgers; `ledger` as the engine numbers them.
    case commit(seal: Int64, ledger: Int64, sequence: Int64)

    /// Behind `entry`.
    /// - Parameter isOneLedger: among the rows of its ledger alone: the numbers of commits tell of others' affairs.
    init(behind entry: AuditEntry, isOneLedger: Bool) {
        self =
            isOneLedger
            ? .sequence(entry.sequence)
            : .commit(seal: entry.seal, ledger: entry.ledger, sequence: entry.sequence)
    }

    /// Where a list begins that was asked for `after`.
    /// - Parameter organization: whose rows alone are listed; nil for those of all ledgers.
    /// - Throws: `Refusal` for the cursor of another kind of list.
    static func behind(_ after: LedgerCursor?, in organization: OrganizationID?) throws -> LedgerCursor {
        switch (organization, after) {
        case (nil, .sequence), (.some, .commit):
            throw Refusal.invalidField(
                "after",
                after?.description ?? "",
                "with an organisation it is a row's sequence, without one a row's cursor"
            )
        default: after ?? .beginning
        }
    }
}

extension LedgerCursor: TextValue {
    public static let form = TextForm(
        "expected a row's cursor, or with an organisation a row's sequence",
        describedAs: "The cursor of a row of the ledgers, as a list gave it; with an organisation the row's sequence.",
        example: "1",
        pattern: "^[0-9]{1,19}([.][0-9]{1,19}[.][0-9]{1,19})?$"
    )

    public init?(_ text: String) {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(part) : nil
        }
        switch numbers.count {
        case 1:
            guard let sequence = numbers[0] else { return nil }
            self = sequence == 0 ? .beginning : .sequence(sequence)
        case 3:
            guard let seal = numbers[0], let ledger = numbers[1], let sequence = numbers[2] else { return nil }
            self = .commit(seal: seal, ledger: ledger, sequence: sequence)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .beginning: "0"
        case .sequence(let sequence): "\(sequence)"
        case .commit(let seal, let ledger, let sequence): "\(seal).\(ledger).\(sequence)"
        }
    }
}
