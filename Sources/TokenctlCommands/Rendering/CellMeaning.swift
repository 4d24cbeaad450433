/// What a word in a table means for whoever reads it, and the colour that says so; the word says it, too.
enum CellMeaning {
    case good
    case attention
    case bad
    /// It is over.
    case past

    /// Nil for what means none of them.
    init?(_ column: ColumnHead, _ word: String) {
        if column.name == DrawnStatementRow.bar.name {
            self = word.hasSuffix(TextBar.overflow) ? .bad : .good
            return
        }
        guard Self.columns.contains(column.name), let meaning = Self.words[word] else { return nil }
        self = meaning
    }

    var style: Style {
        switch self {
        case .good: .green
        case .attention: .yellow
        case .bad: .red
        case .past: .dim
        }
    }

    private static let columns: Set<String> = [
        "status", "state", "outcome", "capabilityStatus", "sound", "licensed", "writable",
    ]

    private static let words: [String: CellMeaning] = [
        "active": .good, "enabled": .good, "renewed": .good, "redeemed": .good, "ok": .good, "yes": .good,
        "open": .attention, "warning": .attention, "waiting": .attention, "unredeemed": .attention,
        "reserved": .attention,
        "failed": .bad, "suspended": .bad, "lockedOut": .bad, "locked-out": .bad, "NO": .bad, "wrong": .bad,
        "void": .past, "ended": .past, "lapsed": .past, "replaced": .past, "closed": .past, "revoked": .past,
    ]
}
