/// Why the registry did not do, or does not answer, what was asked. The one error type of the domain.
///
/// Callers tell refusals apart by ``code`` and ``rule``, never by the text.
public struct Refusal: Error, Hashable, Sendable {
    /// Stable; other people's scripts rely on it.
    public let code: RefusalCode
    /// The rule that stood in the way, where one did.
    public let rule: Rule?
    /// A sentence for a person: what was tried, why not, and what can be done.
    public let detail: String
    /// What the sentence says, for programs; in the order a person would read it.
    public let facts: Facts
    /// Every bad row of a batch or an imported file; empty for anything else.
    public let inputProblems: [InputProblem]

    public init(
        _ code: RefusalCode,
        rule: Rule? = nil,
        _ detail: String,
        facts: Facts = [:],
        inputProblems: [InputProblem] = []
    ) {
        self.code = code
        self.rule = rule
        self.detail = detail
        self.facts = facts
        self.inputProblems = inputProblems
    }

    /// One named detail of a refusal.
    public struct Fact: Hashable, Sendable {
        /// camelCase, as in JSON.
        public let name: String
        public let value: Value

        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }

        public enum Value: Hashable, Sendable {
            case text(String)
            case number(Int)
            case list([String])
            /// What is not known yet.
            case null

            /// A number, a list of texts, any other value's description, or null for nil.
            init(_ value: (any CustomStringConvertible)?) {
                self =
                    switch value {
                    case let number as Int: .number(number)
                    case let items as [String]: .list(items)
                    case let value?: .text(value.description)
                    case nil: .null
                    }
            }

            /// With every code in it masked.
            public var masked: Value {
                switch self {
                case .text(let text): .text(ActivationCode.masking(text))
                case .list(let items): .list(items.map(ActivationCode.masking))
                case .number, .null: self
                }
            }
        }
    }

    /// Details by their names, in order, written as a dictionary literal of the domain's own values.
    public struct Facts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
        public let list: [Fact]

        public init(_ list: [Fact]) {
            self.list = list
        }

        public init(dictionaryLiteral elements: (String, (any CustomStringConvertible)?)...) {
            list = elements.map { Fact($0, Fact.Value($1)) }
        }

        public static func + (left: Facts, right: Facts) -> Facts {
            Facts(left.list + right.list)
        }
    }

    /// What the fact called `name` says, as text; nil where there is none.
    public func fact(_ name: String) -> String? {
        switch facts.list.first(where: { $0.name == name })?.value {
        case .text(let text): text
        case .number(let number): String(number)
        case .list(let items): items.joined(separator: ", ")
        case .null, nil: nil
        }
    }
}

/// What is wrong with one row of a file or batch.
public struct InputProblem: Hashable, Sendable, Codable {
    /// The line of the file, or the position in the batch, counted from 1.
    public let row: Int
    /// The name of the column or field; nil where the whole row is meant.
    public let column: String?
    public let code: RefusalCode
    public let rule: Rule?
    public let detail: String

    public init(row: Int, column: String?, code: RefusalCode, rule: Rule? = nil, detail: String) {
        self.row = row
        self.column = column
        self.code = code
        self.rule = rule
        self.detail = detail
    }

    /// With every code in its sentence masked.
    public var masked: InputProblem {
        InputProblem(row: row, column: column, code: code, rule: rule, detail: ActivationCode.masking(detail))
    }
}
