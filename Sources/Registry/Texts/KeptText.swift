/// A text in a person's own words that the registry keeps: a name, a reason, a source, a machine.
public struct KeptText: Hashable, Sendable {
    /// As it was written.
    public let text: String

    /// A text that was checked when it was stored.
    init(stored text: String) {
        self.text = text
    }

    /// Why `text` cannot be kept, to follow "it is not valid:"; nil where it can.
    ///
    /// - Parameter limit: how many characters it may have.
    public static func flaw(of text: some StringProtocol, limit: Int = 200) -> String? {
        if let scalar = text.unicodeScalars.first(where: \.isUnseen) {
            return "it has the character \(String(scalar).escaped), which cannot be seen; it is 1 to \(limit) "
                + "visible characters on one line"
        }
        guard text.unicodeScalars.contains(where: { !isBlank($0) }), text.count <= limit else {
            return "it is 1 to \(limit) characters on one line"
        }
        return nil
    }

    /// - Throws: `input.invalid`, which names the field.
    public static func check(_ text: String, _ field: String) throws(Refusal) {
        guard let flaw = flaw(of: text) else { return }
        throw Refusal(
            .inputInvalid,
            "\(quoted(text)) is not valid for \"\(field)\": \(flaw).",
            facts: ["field": field]
        )
    }

    /// Without the blanks around it.
    var trimmed: String { trimmingBlanks(text) }
}

extension KeptText: CustomStringConvertible {
    public var description: String { text }
}

extension KeptText: TextValue {
    public static let form = TextForm(
        "it is 1 to 200 characters on one line",
        describedAs: "A text in a person's own words.",
        example: "Contoso Ltd",
        maximumLength: 200
    )

    public init?(_ text: String) {
        guard Self.flaw(of: text) == nil else { return nil }
        self.init(stored: text)
    }

    /// - Throws: `input.invalid`, which says what is wrong with the text.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
        try Self.check(text, decoder.codingPath.last?.stringValue ?? "text")
    }
}
