/// Writes a value as ``WireValue``, its fields in the order in which its type has them.
public final class WireEncoder: Encoder {
    /// Where the value stands in what is written.
    public let codingPath: [any CodingKey]
    /// What the caller tells the types that write themselves.
    public let userInfo: [CodingUserInfoKey: Any]
    private var value = WireValue.null
    /// Takes the value once the type has written it.
    private let finish: ((WireValue) -> Void)?

    /// - Throws: what the type's own encoding throws.
    public static func value(of value: some Encodable, userInfo: [CodingUserInfoKey: Any] = [:]) throws -> WireValue {
        let encoder = WireEncoder(codingPath: [], userInfo: userInfo, finish: nil)
        try value.encode(to: encoder)
        return encoder.value
    }

    fileprivate init(codingPath: [any CodingKey], userInfo: [CodingUserInfoKey: Any], finish: ((WireValue) -> Void)?) {
        self.codingPath = codingPath
        self.userInfo = userInfo
        self.finish = finish
    }

    deinit {
        finish?(value)
    }

    /// Begins an object.
    public func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object = value {} else { value = .object([]) }
        return KeyedEncodingContainer(Fields<Key>(encoder: self))
    }

    /// Begins a list.
    public func unkeyedContainer() -> any UnkeyedEncodingContainer {
        value = .list([])
        return Items(encoder: self)
    }

    /// Writes the value itself.
    public func singleValueContainer() -> any SingleValueEncodingContainer { self }

    fileprivate func set(_ name: String, _ field: WireValue) {
        value = .object(value.members + [.init(name: name, value: field)])
    }

    fileprivate func append(_ item: WireValue) {
        guard case .list(let items) = value else { return }
        value = .list(items + [item])
    }

    fileprivate func written(_ value: some Encodable, at key: (any CodingKey)?) throws -> WireValue {
        if let plain = value as? any FieldValue, !(value is [any FieldValue]) { return plain.wireValue }
        let encoder = WireEncoder(codingPath: codingPath + (key.map { [$0] } ?? []), userInfo: userInfo, finish: nil)
        try value.encode(to: encoder)
        return encoder.value
    }
}

extension WireEncoder: SingleValueEncodingContainer {
    /// Writes null.
    public func encodeNil() throws { value = .null }

    /// Writes a value.
    /// - Throws: what its own encoding throws.
    public func encode(_ nested: some Encodable) throws {
        value =
            switch nested {
            case let flag as Bool: .flag(flag)
            case let text as String: .text(text)
            case let number as any (Numeric & CustomStringConvertible): .number(number.description)
            default: try written(nested, at: nil)
            }
    }
}

private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: WireEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    mutating func encodeNil(forKey key: Key) throws { encoder.set(key.stringValue, .null) }

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
        encoder.set(key.stringValue, try encoder.written(value, at: key))
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        nested(key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        nested(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { encoder }
    mutating func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: Key) -> WireEncoder {
        let encoder = encoder
        return WireEncoder(codingPath: codingPath + [key], userInfo: encoder.userInfo) {
            encoder.set(key.stringValue, $0)
        }
    }
}

private struct Items: UnkeyedEncodingContainer {
    let encoder: WireEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    private(set) var count = 0

    init(encoder: WireEncoder) {
        self.encoder = encoder
    }

    mutating func encodeNil() throws { append(.null) }
    mutating func encode(_ value: some Encodable) throws { append(try encoder.written(value, at: nil)) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        nested().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { nested() }

    private mutating func append(_ item: WireValue) {
        count += 1
        encoder.append(item)
    }

    private mutating func nested() -> WireEncoder {
        count += 1
        let encoder = encoder
        return WireEncoder(codingPath: codingPath, userInfo: encoder.userInfo) { encoder.append($0) }
    }
}
