import RegistryAPI

/// A value as JSON has it.
struct EncodedValue: Encodable {
    let value: WireValue

    init(_ value: WireValue) {
        self.value = value
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        if case .object(let members) = value {
            var container = encoder.container(keyedBy: Key.self)
            for member in members {
                try container.encode(EncodedValue(member.value), forKey: Key(stringValue: member.name))
            }
            return
        }
        var container = encoder.singleValueContainer()
        switch value {
        case .null, .object: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let text):
            if let number = Int64(text) { try container.encode(number) } else { try container.encode(Double(text)) }
        case .text(let text), .parameter(let text): try container.encode(text)
        case .list(let items): try container.encode(items.map(EncodedValue.init))
        case .parameters(let texts): try container.encode(texts)
        }
    }
}
