/// What a registry lacks of what was committed once, as after a restored backup: redemptions among it would be
/// forgotten, and their tokens could be redeemed again (R29).
public enum Rollback: Hashable, Sendable, Codable {
    /// The ledger's rows from `first` to `last` are not there. `anchorHash` is the last one's, in hexadecimal.
    case missing(first: Int64, last: Int64, anchorHash: String)
    /// The ledger goes on, but its row `sequence` is another one than was committed.
    case diverged(sequence: Int64, anchorHash: String)
    /// What was committed last is not known: the anchor is missing or was changed.
    case anchorUnusable(reason: String)

    /// Why the registry is not opened.
    public var refusal: Refusal {
        switch self {
        case .missing(let first, let last, _):
            Refusal(
                .registryRolledBack,
                "The database ends with ledger row \(first - 1), but row \(last) was once committed: "
                    + "\(last - first + 1) rows are missing, as after a restored backup. Redemptions among them would be "
                    + "forgotten.",
                facts: ["head": Int(first - 1), "anchor": Int(last), "missing": Int(last - first + 1)]
            )
        case .diverged(let sequence, _):
            Refusal(
                .registryRolledBack,
                "Ledger row \(sequence) is not the one that was committed: the database was restored and written to "
                    + "since.",
                facts: ["anchor": Int(sequence)]
            )
        case .anchorUnusable(let reason):
            Refusal(
                .registryAnchorInvalid,
                "\(reason) A restored backup could not be told from the registry itself."
            )
        }
    }

    /// What the ledger says of it.
    var auditChanges: [String: any Encodable] {
        switch self {
        case .missing(_, _, let hash): ["anchorHash": hash]
        case .diverged(let sequence, let hash): ["divergedAt": sequence, "anchorHash": hash]
        case .anchorUnusable(let reason): ["anchor": reason]
        }
    }
}
