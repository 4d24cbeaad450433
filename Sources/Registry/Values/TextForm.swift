/// What the texts of a value look like.
public struct TextForm: Hashable, Sendable {
    /// The end of a sentence that refuses another text, such as `a date is YYYY-MM-DD`.
    public let expectation: String
    /// What it is, for the OpenAPI document.
    public let summary: String
    /// A text of the form.
    public let example: String
    /// A regular expression (ECMA-262); nil where it would say too little.
    public let pattern: String?
    /// A format of JSON Schema, such as `date`.
    public let format: String?
    /// The words that it can be; empty where there is no list.
    public let choices: [String]
    /// Words that somebody who writes another text may mean, where there are too many to list.
    public let suggestions: [String]
    /// Unicode scalars, at most.
    public let maximumLength: Int?

    public init(
        _ expectation: String,
        describedAs summary: String,
        example: String,
        pattern: String? = nil,
        format: String? = nil,
        choices: [String] = [],
        suggestions: [String] = [],
        maximumLength: Int? = nil
    ) {
        self.expectation = expectation
        self.summary = summary
        self.example = example
        self.pattern = pattern
        self.format = format
        self.choices = choices
        self.suggestions = suggestions
        self.maximumLength = maximumLength
    }

    /// `input.invalid` for a text of another form.
    /// - Parameter path: where the text stands; its last key names the field.
    func refusal(of text: String, at path: [any CodingKey]) -> Refusal {
        let field = path.last { $0.intValue == nil }?.stringValue ?? "input"
        let near = nearNames(to: text, among: choices + suggestions, limit: 1).first
        return .invalidField(field, text, expectation, meaning: near)
    }
}

extension Refusal {
    /// `input.invalid` for a field of the input.
    /// - Parameters:
    ///   - expectation: the end of the sentence, such as `a date is YYYY-MM-DD`.
    ///   - near: what was perhaps meant.
    static func invalidField(
        _ field: String,
        _ text: String,
        _ expectation: String,
        meaning near: String? = nil
    ) -> Refusal {
        Refusal(
            .inputInvalid,
            "\"\(ActivationCode.excerpt(of: text, 80))\" is not valid for \"\(field)\": \(expectation)."
                + (near.map { " Did you mean \($0)?" } ?? ""),
            facts: ["field": field]
        )
    }
}
