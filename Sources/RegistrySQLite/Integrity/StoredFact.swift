/// A rule as a fact about stored rows: a statement that gives a row for each breach, with its subject and a sentence.
struct StoredFact {
    let code: String
    /// Selects `subject` and `detail`; no rows where the fact holds.
    let breaches: String
}

extension StoredFact {
    static let all = ledger + tokens + renewals + seats + tenants + order + dates + documents
}
