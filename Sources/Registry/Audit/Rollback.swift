/// What a registry lacks of what was committed once, as after a restored backup: redemptions among it would be
/// forgotten, and their tokens could be redeemed again (R29).
public enum Rollback: Hashable, Sendable, Codable {
    /// The commits with the seals from `first` to `last` are not there. `anchorHash` is the last one's, in hexadecimal.
    case missing(first: Int64, last: Int64, anchorHash: String)
    /// The ledgers go on, but the seal `seal` is another one than was committed.
    case diverged(seal: Int64, anchorHash: String)
    /// What was committed last is not known: the anchor is missing or was changed.
    case anchorUnusable(reason: String)

    /// Why the registry is not opened.
    public var refusal: Refusal {
        switch self {
        case .missing(let first, let last, _):
            Refusal(
                .registryRolledBack,
                "The database ends with seal \(first - 1), but seal \(last) was once committed: "
                    + (first == last ? "1 commit is" : "\(last - first + 1) commits are")
                    + " missing, as after a restored backup. Redemptions in what is missing would be forgotten.",
                facts: ["head": Int(first - 1), "anchor": Int(last), "missing": Int(last - first + 1)]
            )
        case .diverged(let seal, _):
            Refusal(
                .registryRolledBack,
                "Seal \(seal) is not the one that was committed: the database was restored and written to since.",
                facts: ["anchor": Int(seal)]
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
        case .diverged(let seal, let hash): ["divergedAt": seal, "anchorHash": hash]
        case .anchorUnusable(let reason): ["anchor": reason]
        }
    }
}
