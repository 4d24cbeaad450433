/// Stands in for JSON, and records what a type asks it for.
final class ShapeDecoder: Decoder {
    private enum Recording {
        case nothing
        case keyed
        case list(WireShape)
        case single(WireShape)
    }

    private var recording: Recording = .nothing
    fileprivate var fields: [WireObject.Field] = []
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func shape(named name: String) -> WireShape {
        switch recording {
        case .nothing: .object(WireObject(name: name, fields: []))
        case .keyed:
            if fields.count == 1, fields[0].name == AnyKey.any.stringValue {
                .dictionary(fields[0].shape)
            } else {
                .object(WireObject(name: name, fields: fields))
            }
        case .list(let item): .list(item)
        case .single(let shape): shape
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        recording = .keyed
        return KeyedDecodingContainer(KeyedShapes<Key>(decoder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        recording = .list(.any)
        return ListShapes(decoder: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        self
    }

    fileprivate func record(_ field: WireObject.Field) {
        if !fields.contains(where: { $0.name == field.name }) { fields.append(field) }
    }

    fileprivate func recordItem(_ shape: WireShape) {
        recording = .list(shape)
    }

    /// A value of `type`; a type that has none to give cannot be probed.
    fileprivate static func value<Value: Decodable>(_ type: Value.Type) throws -> (value: Value, shape: WireShape) {
        let probed = try WireShape.probe(type)
        guard let value = probed.value else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "\(type) tells its shape and gives no value.")
            )
        }
        return (value, probed.shape)
    }
}

extension ShapeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (value, shape) = try Self.value(type)
        recording = .single(shape)
        return value
    }
}

/// The key that a dictionary is asked about.
private struct AnyKey: CodingKey {
    static let any = AnyKey(stringValue: "*")

    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        return nil
    }
}

private struct KeyedShapes<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: ShapeDecoder
    var codingPath: [any CodingKey] { [] }
    /// Only a dictionary takes this key.
    var allKeys: [Key] { [Key(stringValue: AnyKey.any.stringValue)].compactMap { $0 } }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (value, shape) = try ShapeDecoder.value(type)
        decoder.record(.init(name: key.stringValue, shape: shape, isRequired: true))
        return value
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        let shape = try WireShape.probe(type).shape
        decoder.record(.init(name: key.stringValue, shape: shape, isRequired: false))
        return nil
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { optional(.text, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { optional(.integer, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { optional(.integer, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { optional(.number, key) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { optional(.flag, key) }

    private func optional<Value>(_ shape: WireShape, _ key: Key) -> Value? {
        decoder.record(.init(name: key.stringValue, shape: shape, isRequired: false))
        return nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        ShapeDecoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        ShapeDecoder().unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { ShapeDecoder() }
    func superDecoder(forKey key: Key) throws -> any Decoder { ShapeDecoder() }
}

private struct ListShapes: UnkeyedDecodingContainer {
    let decoder: ShapeDecoder
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }
    var currentIndex = 0

    init(decoder: ShapeDecoder) {
        self.decoder = decoder
    }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (value, shape) = try ShapeDecoder.value(type)
        decoder.recordItem(shape)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        currentIndex += 1
        return ShapeDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        currentIndex += 1
        return ShapeDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { ShapeDecoder() }
}
