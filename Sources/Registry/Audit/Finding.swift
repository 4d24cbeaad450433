/// One thing about a registry that is not as it has to be.
public struct Finding: Hashable, Sendable, Codable {
    /// Stable, `subject.reason`, such as `ledger.broken`.
    public let code: String
    /// The identifier of what it is about, such as `T42`; `registry` for the whole.
    public let subject: String
    /// What is wrong, as a sentence for a person.
    public let detail: String

    public init(code: String, subject: String, detail: String) {
        self.code = code
        self.subject = subject
        self.detail = detail
    }
}
