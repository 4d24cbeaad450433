public import Registry

/// Reads the texts of an input as values of the domain, and says which field was wrong.
enum WireText {
    static func identifier<Subject>(_ text: String, _ field: String) throws -> Identifier<Subject> {
        guard let identifier = Identifier<Subject>(text) else {
            throw invalid(
                field,
                text,
                "an id is 1 to 64 letters, digits, dots, underscores or dashes, and begins with a letter or digit"
            )
        }
        return identifier
    }

    static func number<Subject>(_ text: String, _ field: String) throws -> NumberedIdentifier<Subject> {
        guard let identifier = NumberedIdentifier<Subject>(text) else {
            throw invalid(field, text, "an id looks like \(Subject.numberPrefix)42")
        }
        return identifier
    }

    static func tenantID(_ text: String) throws -> TenantID {
        guard let id = TenantID(guid: text) else {
            throw invalid("tenantId", text, "it is a GUID of 32 hexadecimal digits")
        }
        return id
    }

    static func date(_ text: String, _ field: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else { throw invalid(field, text, "a date is YYYY-MM-DD") }
        let years = CalendarDate.statableYears
        guard years.contains(date.components.year) else {
            throw invalid(field, text, "the year must be from \(years.lowerBound) to \(years.upperBound)")
        }
        return date
    }

    static func choice<Value: RawRepresentable<String> & CaseIterable>(_ text: String, _ field: String) throws -> Value
    {
        guard let value = Value(rawValue: text) else {
            throw invalid(field, text, "it is one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    /// A text in a person's own words: 1 to 200 visible characters on one line.
    static func words(_ text: String, _ field: String) throws -> String {
        try KeptText.check(text, field)
        return text
    }

    static func partNumber(_ text: String, _ field: String) throws -> SKUPartNumber {
        guard let partNumber = SKUPartNumber(text) else { throw invalid(field, text, "it is a SKU's part number") }
        return partNumber
    }

    static func country(_ text: String) throws -> CountryCode {
        try CountryCode(text)
    }

    static func limit(_ limit: Int?) throws -> Int {
        let limit = limit ?? 1_000
        guard (1...1_000).contains(limit) else { throw invalid("limit", String(limit), "a page has 1 to 1000 items") }
        return limit
    }

    static func invalid(_ field: String, _ text: String, _ expectation: String) -> Refusal {
        Refusal(
            .inputInvalid,
            "\(quoted(text)) is not valid for \"\(field)\": \(expectation).",
            facts: [.init("field", .text(field))]
        )
    }
}

/// A text that must not show in any log or message.
public struct SecretText: Codable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let revealed: String

    public init(_ text: String) {
        revealed = text
    }

    public init(from decoder: any Decoder) throws {
        revealed = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(revealed)
    }

    public var description: String { "•••••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// - Throws: `Refusal` with `code.malformed`, which names the group and the character.
    func activationCode() throws -> ActivationCode {
        do {
            return try ActivationCode(parsing: revealed)
        } catch {
            var facts: [Refusal.Fact] = []
            if let group = error.group { facts.append(.init("group", .number(group))) }
            if let character = error.character { facts.append(.init("character", .number(character))) }
            throw Refusal(
                .codeMalformed,
                "The code is malformed. \(error.reason)",
                facts: facts
            )
        }
    }
}

/// A part of a long list.
public struct PageOf<Item: Codable & Sendable>: Codable, Sendable {
    public let items: [Item]
    /// Give this as `after` for the next page; null on the last.
    @Nullable public var next: String?

    init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}

/// The input of an operation that takes none.
public struct NoInput: Codable, Sendable {
    public init() {}
}

public struct WarningResource: Codable, Sendable {
    public let code: String
    @Nullable public var rule: String?
    public let detail: String

    init(_ warning: Warning) {
        code = warning.code
        rule = warning.rule?.rawValue
        detail = warning.detail
    }
}
