/// A rule that an administrator may override by name, since a portal may already have done what it forbids and the ledger
/// must tell the truth.
public enum OverridableRule: String, Choice {
    public static let summary = "A rule that an administrator may override by name."

    /// R12: tokens that a portal issued beyond what the enrollment grants.
    case r12 = "R12"
    /// R37: a token that a portal used to extend the seats that were there.
    case r37 = "R37"

    /// Reads a name in either case; nil for any other rule.
    public init?(named name: String) {
        self.init(rawValue: name.uppercased())
    }

    /// What can be overridden, as part of a sentence: `R12 or R37`.
    public static var choices: String { allCases.map(\.rawValue).joined(separator: " or ") }
}
