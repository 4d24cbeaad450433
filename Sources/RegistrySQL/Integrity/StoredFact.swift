/// A rule as a fact about stored rows: a statement that gives a row for each breach, with its subject and a sentence.
package struct StoredFact {
    package let code: String
    /// Selects `subject` and `detail`; no rows where the fact holds.
    package let breaches: String
}

extension StoredFact {
    package static let all =
        ledger + people + tokens + reservations + renewals + seats + tenants + order + dates + documents + corrections
}
