/// A field of an answer, as its type reads it.
public struct AnswerField: Hashable, Sendable {
    /// As in JSON.
    public let name: String
    /// Whether it holds a number, or a number or null.
    public let isNumber: Bool

    /// The fields of a type, in the order in which it has them; none of what is not an object.
    /// - Throws: what the type throws when it is read from its fields' examples.
    public static func fields(of type: any Decodable.Type) throws -> [AnswerField] {
        guard case .object(let object) = try WireShape.of(type) else { return [] }
        return object.fields.map { AnswerField(name: $0.name, isNumber: $0.shape.isNumber) }
    }
}

extension WireShape {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .number, .bounded: true
        case .nullable(let wrapped): wrapped.isNumber
        default: false
        }
    }
}
