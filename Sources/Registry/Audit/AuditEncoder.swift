/// Writes a value as the ledger keeps it, under its published names.
final class AuditEncoder: Encoder, SingleValueEncodingContainer {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private var single = AuditValue.null
    private var fields: [String: AuditValue]?
    private var items: [AuditValue]?
    /// What is still being written, by the name or the place that it has.
    private var openFields: [String: AuditEncoder] = [:]
    private var openItems: [Int: AuditEncoder] = [:]

    /// - Throws: what the type's own encoding throws.
    static func value(of value: some Encodable) throws -> AuditValue {
        switch value {
        case let value as AuditValue: return value
        case let text as String: return .text(text)
        case let flag as Bool: return .flag(flag)
        case let number as Int: return .number(number)
        case let number as Int64: return .number(Int(number))
        default:
            let encoder = AuditEncoder()
            try value.encode(to: encoder)
            return encoder.value
        }
    }

    private var value: AuditValue {
        if let fields {
            return .object(fields.merging(openFields.mapValues(\.value)) { $1 })
        }
        guard var items else { return single }
        for (place, encoder) in openItems { items[place] = encoder.value }
        return .list(items)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if fields == nil { fields = [:] }
        return KeyedEncodingContainer(Fields(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if items == nil { items = [] }
        return Items(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { single = .null }
    func encode(_ value: Bool) { single = .flag(value) }
    func encode(_ value: String) { single = .text(value) }
    func encode(_ value: Int) { single = .number(value) }
    func encode(_ value: Int64) { single = .number(Int(value)) }

    /// It encodes itself in this one's place.
    func encode(_ value: some Encodable) throws { try value.encode(to: self) }

    private func field(_ name: String) -> AuditEncoder {
        let encoder = AuditEncoder()
        openFields[name] = encoder
        return encoder
    }

    private func item() -> AuditEncoder {
        let encoder = AuditEncoder()
        openItems[items?.count ?? 0] = encoder
        items?.append(.null)
        return encoder
    }

    private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: AuditEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { encoder.fields?[key.stringValue] = .null }
        func encode(_ value: Bool, forKey key: Key) { encoder.fields?[key.stringValue] = .flag(value) }
        func encode(_ value: String, forKey key: Key) { encoder.fields?[key.stringValue] = .text(value) }
        func encode(_ value: Int, forKey key: Key) { encoder.fields?[key.stringValue] = .number(value) }
        func encode(_ value: Int64, forKey key: Key) { encoder.fields?[key.stringValue] = .number(Int(value)) }

        func encode(_ value: some Encodable, forKey key: Key) throws {
            encoder.fields?[key.stringValue] = try AuditEncoder.value(of: value)
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
        var count: Int { encoder.items?.count ?? 0 }

        func encodeNil() { encoder.items?.append(.null) }
        func encode(_ value: some Encodable) throws { encoder.items?.append(try AuditEncoder.value(of: value)) }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            encoder.item().container(keyedBy: type)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.item().unkeyedContainer() }
        func superEncoder() -> any Encoder { encoder.item() }
    }
}
