/// Something that was done, and that a person should know about.
public struct Warning: Hashable, Sendable, Codable {
    /// Stable, as a refusal's code is.
    public let code: String
    @Nullable public var rule: Rule?
    public let detail: String

    public init(code: String, rule: Rule?, detail: String) {
        self.code = code
        self.rule = rule
        self.detail = detail
    }
}
