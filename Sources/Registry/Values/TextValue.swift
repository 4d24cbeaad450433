/// A value that people and programs write as one text: on the command line, in a request and in an answer.
///
/// It reads itself, and tells what its text looks like, so that neither is said again where the value is used.
public protocol TextValue: Codable, Hashable, Sendable, CustomStringConvertible {
    /// What its texts look like.
    static var form: TextForm { get }

    /// Nil for a text of another form.
    /// - Throws: `Refusal` where there is more to say about what is wrong with the text.
    init?(_ text: String) throws

    /// The text, as it is read.
    var description: String { get }
}

extension TextValue {
    /// - Throws: `Refusal` with `input.invalid`, or what ``init(_:)`` throws; it names the field.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = try Self(text) else { throw Self.form.refusal(of: text, at: decoder.codingPath) }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A text value that is kept as the text that it was checked to be, and compared by it.
public protocol NamedValue: TextValue, Comparable {
    var value: String { get }
}

extension NamedValue {
    public var description: String { value }

    public static func < (left: Self, right: Self) -> Bool {
        left.value < right.value
    }
}

/// The same again, since a raw value brings a coding of its own.
extension TextValue where Self: RawRepresentable, RawValue == String {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = try Self(text) else { throw Self.form.refusal(of: text, at: decoder.codingPath) }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A text that is one of a few words.
public protocol Choice: TextValue, CaseIterable, RawRepresentable<String> {
    /// What is chosen, for the OpenAPI document.
    static var summary: String { get }
}

extension Choice {
    public static var form: TextForm {
        let words = allCases.map(\.rawValue)
        return TextForm(
            "it is one of \(words.joined(separator: ", "))",
            describedAs: summary,
            example: words.first ?? "",
            choices: words
        )
    }

    public init?(_ text: String) {
        self.init(rawValue: text)
    }

    public var description: String { rawValue }
}
