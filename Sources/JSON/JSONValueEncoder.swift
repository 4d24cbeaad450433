/// Writes one value, as it encodes itself.
final class JSONValueEncoder: Encoder {
    let output: JSONOutput
    private var object: JSONObjectScope?
    private var list: JSONListScope?
    private var isWritten = false

    init(_ output: JSONOutput) {
        self.output = output
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { output.userInfo }

    /// The value has encoded itself; one that said nothing is an empty object. The encoder can take another one.
    func finish() {
        if let object {
            object.close()
            self.object = nil
        } else if let list {
            list.close()
            self.list = nil
        } else if !isWritten {
            output.bytes += "{}".utf8
        }
        isWritten = false
    }

    /// Asked for again, it goes on with the object.
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONFields<Key>(object: beginObject()))
    }

    private func beginObject() -> JSONObjectScope {
        if let object { return object }
        let begun = JSONObjectScope(output)
        object = begun
        return begun
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if let list { return list }
        let begun = JSONListScope(output)
        list = begun
        return begun
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() { write { $0.writeNull() } }
    func encode(_ value: Bool) { write { $0.write(value) } }
    func encode(_ value: String) { write { $0.write(value) } }
    func encode(_ value: Double) throws { try write { try $0.write(value) } }
    func encode(_ value: Float) throws { try write { try $0.write(Double(value)) } }
    func encode(_ value: Int) { write { $0.write(integer: value) } }
    func encode(_ value: Int8) { write { $0.write(integer: value) } }
    func encode(_ value: Int16) { write { $0.write(integer: value) } }
    func encode(_ value: Int32) { write { $0.write(integer: value) } }
    func encode(_ value: Int64) { write { $0.write(integer: value) } }
    func encode(_ value: UInt) { write { $0.write(integer: value) } }
    func encode(_ value: UInt8) { write { $0.write(integer: value) } }
    func encode(_ value: UInt16) { write { $0.write(integer: value) } }
    func encode(_ value: UInt32) { write { $0.write(integer: value) } }
    func encode(_ value: UInt64) { write { $0.write(integer: value) } }
    /// It encodes itself in this one's place.
    func encode(_ value: some Encodable) throws { try value.encode(to: self) }

    private func write(_ body: (JSONOutput) throws -> Void) rethrows {
        isWritten = true
        try body(output)
    }
}

/// An object that is being written: each member with a comma behind it, until it is closed.
final class JSONObjectScope {
    let output: JSONOutput
    /// The members' names, and where each begins.
    private var members: [(name: String, start: Int)] = []
    /// Members that are written elsewhere until the object is complete, since others may be written meanwhile.
    private var deferred: [(name: String, encoder: JSONValueEncoder)] = []
    private let start: Int
    /// Writes one member after another.
    private lazy var encoder = JSONValueEncoder(output)

    init(_ output: JSONOutput) {
        self.output = output
        start = output.bytes.count
        members.reserveCapacity(16)
        output.bytes.append(UInt8(ascii: "{"))
    }

    func write(_ name: String, _ body: (JSONOutput) throws -> Void) rethrows {
        members.append((name, output.bytes.count))
        output.write(name)
        output.bytes.append(UInt8(ascii: ":"))
        try body(output)
        output.bytes.append(UInt8(ascii: ","))
    }

    func encode(_ name: String, _ value: some Encodable) throws {
        try write(name) { _ in
            try value.encode(to: encoder)
            encoder.finish()
        }
    }

    func nested(_ name: String) -> JSONValueEncoder {
        let encoder = JSONValueEncoder(JSONOutput(userInfo: output.userInfo, isEscaped: output.isEscaped))
        deferred.append((name, encoder))
        return encoder
    }

    func close() {
        for (name, encoder) in deferred {
            encoder.finish()
            write(name) { $0.bytes += encoder.output.bytes }
        }
        if !zip(members, members.dropFirst()).allSatisfy({ $0.name < $1.name }) { sort() }
        if members.isEmpty {
            output.bytes.append(UInt8(ascii: "}"))
        } else {
            output.bytes[output.bytes.count - 1] = UInt8(ascii: "}")
        }
    }

    /// Puts the members in the order of their names; of those with one name the last counts.
    private func sort() {
        let ends = members.dropFirst().map(\.start) + [output.bytes.count]
        var ordered = zip(members, ends).map { (name: $0.name, range: $0.start..<$1) }
        ordered.sort { ($0.name, $0.range.lowerBound) < ($1.name, $1.range.lowerBound) }
        var sorted: [UInt8] = []
        sorted.reserveCapacity(output.bytes.count - start)
        for (index, member) in ordered.enumerated() {
            if index + 1 < ordered.count, ordered[index + 1].name == member.name { continue }
            sorted += output.bytes[member.range]
        }
        output.bytes.replaceSubrange((start + 1)..., with: sorted)
    }
}

private struct JSONFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let object: JSONObjectScope
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { object.write(key.stringValue) { $0.writeNull() } }
    func encode(_ value: Bool, forKey key: Key) { object.write(key.stringValue) { $0.write(value) } }
    func encode(_ value: String, forKey key: Key) { object.write(key.stringValue) { $0.write(value) } }
    func encode(_ value: Double, forKey key: Key) throws {
        try object.write(key.stringValue) { try $0.write(value) }
    }
    func encode(_ value: Float, forKey key: Key) throws {
        try object.write(key.stringValue) { try $0.write(Double(value)) }
    }
    func encode(_ value: Int, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: Int8, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: Int16, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: Int32, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: Int64, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: UInt, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: UInt8, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: UInt16, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: UInt32, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: UInt64, forKey key: Key) { object.write(key.stringValue) { $0.write(integer: value) } }
    func encode(_ value: some Encodable, forKey key: Key) throws { try object.encode(key.stringValue, value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        object.nested(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        object.nested(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { object.nested("super") }
    func superEncoder(forKey key: Key) -> any Encoder { object.nested(key.stringValue) }
}

/// A list that is being written.
final class JSONListScope: UnkeyedEncodingContainer {
    private let output: JSONOutput
    private(set) var count = 0
    /// The item that is written elsewhere, until the next one, or the end of the list.
    private var deferred: JSONValueEncoder?

    init(_ output: JSONOutput) {
        self.output = output
        output.bytes.append(UInt8(ascii: "["))
    }

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { write { $0.writeNull() } }
    func encode(_ value: String) { write { $0.write(value) } }
    func encode(_ value: some Encodable) throws { try write { try $0.encode(value) } }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }
    func superEncoder() -> any Encoder { nested() }

    func close() {
        writeDeferred()
        output.bytes.append(UInt8(ascii: "]"))
    }

    private func nested() -> JSONValueEncoder {
        writeDeferred()
        count += 1
        let encoder = JSONValueEncoder(JSONOutput(userInfo: output.userInfo, isEscaped: output.isEscaped))
        deferred = encoder
        return encoder
    }

    private func write(_ body: (JSONOutput) throws -> Void) rethrows {
        writeDeferred()
        if count > 0 { output.bytes.append(UInt8(ascii: ",")) }
        count += 1
        try body(output)
    }

    private func writeDeferred() {
        guard let encoder = deferred else { return }
        deferred = nil
        encoder.finish()
        if count > 1 { output.bytes.append(UInt8(ascii: ",")) }
        output.bytes += encoder.output.bytes
    }
}
