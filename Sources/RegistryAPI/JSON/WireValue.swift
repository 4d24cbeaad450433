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

    /// A member of an object.
    public struct Member: Hashable, Sendable {
        /// The name, as in JSON.
        public let name: String
        /// The value under the name.
        public let value: WireValue

        /// A member of this name and value.
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
