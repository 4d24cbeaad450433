/// Something that is not as it should be in a registry, as `check` tells it.
public struct Finding: Hashable, Sendable, Codable {
    /// Stable, `subject.reason`.
    public let code: String
    /// What it is about, such as an identifier.
    public let subject: String
    /// A sentence for a person.
    public let detail: String

    public init(code: String, subject: String, detail: String) {
        self.code = code
        self.subject = subject
        self.detail = detail
    }
}
