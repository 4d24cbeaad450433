/// Writes a value as the ledger keeps it, under its published names.
final class AuditEncoder: Encoder, SingleValueEncodingContainer {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private var content = Content.single(.null)

    private enum Content {
        case single(AuditValue)
        case object([String: AuditEncoder])
        case list([AuditEncoder])
    }

    /// - Throws: what the type's own encoding throws.
    static func value(of value: some Encodable) throws -> AuditValue {
        let encoder = AuditEncoder()
        try encoder.encode(value)
        return encoder.value
    }

    private var value: AuditValue {
        switch content {
        case .single(let value): value
        case .object(let fields): .object(fields.mapValues(\.value))
        case .list(let items): .list(items.map(\.value))
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object = content {} else { content = .object([:]) }
        return KeyedEncodingContainer(Fields(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        content = .list([])
        return Items(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { content = .single(.null) }

    func encode(_ value: some Encodable) throws {
        switch value {
        case let value as AuditValue: content = .single(value)
        case let text as String: content = .single(.text(text))
        case let flag as Bool: content = .single(.flag(flag))
        case let number as Int: content = .single(.number(number))
        case let number as Int64: content = .single(.number(Int(number)))
        default: try value.encode(to: self)
        }
    }

    private func field(_ name: String) -> AuditEncoder {
        guard case .object(var fields) = content else { return self }
        let field = AuditEncoder()
        fields[name] = field
        content = .object(fields)
        return field
    }

    private func item() -> AuditEncoder {
        guard case .list(let items) = content else { return self }
        let item = AuditEncoder()
        content = .list(items + [item])
        return item
    }

    private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: AuditEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { encoder.field(key.stringValue).encodeNil() }

        func encode(_ value: some Encodable, forKey key: Key) throws {
            try encoder.field(key.stringValue).encode(value)
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type,
            forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            encoder.field(key.stringValue).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            encoder.field(key.stringValue).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { encoder }
        func superEncoder(forKey key: Key) -> any Encoder { encoder.field(key.stringValue) }
    }

    private struct Items: UnkeyedEncodingContainer {
        let encoder: AuditEncoder
        var codingPath: [any CodingKey] { [] }
        var count: Int { if case .list(let items) = encoder.content { items.count } else { 0 } }

        func encodeNil() { encoder.item().encodeNil() }
        func encode(_ value: some Encodable) throws { try encoder.item().encode(value) }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            encoder.item().container(keyedBy: type)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.item().unkeyedContainer() }
        func superEncoder() -> any Encoder { encoder.item() }
    }
}
