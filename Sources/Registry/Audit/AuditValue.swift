/// A value in a ledger row's changes: JSON, without fractions.
public enum AuditValue: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([AuditValue])
    case object([String: AuditValue])

    /// The text, or null for nil.
    public static func optional(_ text: (some CustomStringConvertible)?) -> AuditValue {
        text.map { .text($0.description) } ?? .null
    }

    /// With every code in its texts masked.
    var masked: AuditValue {
        switch self {
        case .null, .flag, .number: self
        case .text(let text): .text(ActivationCode.masking(text))
        case .list(let list): .list(list.map(\.masked))
        case .object(let object): .object(object.mapValues(\.masked))
        }
    }
}

extension AuditValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([AuditValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: AuditValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}
