/// A request's JSON, or the texts of its path and query.
public enum WireValue: Hashable, Sendable {
    case null
    case flag(Bool)
    /// As it was written: `12`, `-1`, `2.5e3`.
    case number(String)
    case text(String)
    case list([WireValue])
    case object([Member])
    /// A text of the path or query, which stands for a text, a number or a flag.
    case parameter(String)
    /// A query parameter that was given more than once.
    case parameters([String])

    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: WireValue

        public init(name: String, value: WireValue) {
            self.name = name
            self.value = value
        }
    }

    var kind: String {
        switch self {
        case .null: "null"
        case .flag: "a flag"
        case .number: "a number"
        case .text, .parameter: "a text"
        case .list, .parameters: "a list"
        case .object: "an object"
        }
    }
}
