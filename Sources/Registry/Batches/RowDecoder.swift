/// Reads a row's request from the texts of its fields.
struct RowDecoder: Decoder {
    let row: FileRow
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { CalendarDate.statedKey.map { [$0: true] } ?? [:] }

    /// - Throws: `Refusal` that names the field.
    static func decode<Request: Decodable>(_ type: Request.Type, from row: FileRow) throws -> Request {
        do {
            return try Request(from: RowDecoder(row: row))
        } catch DecodingError.keyNotFound(let key, _) {
            throw Refusal(.inputInvalid, "It is missing.", facts: ["field": key.stringValue])
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Fields<Key>(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Self.notAText }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Self.notAText }

    /// No request that stands in a row has such a field.
    fileprivate static let notAText = DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "A row has texts alone.")
    )

    private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: RowDecoder
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { decoder.row.values.keys.compactMap { Key(stringValue: $0) } }

        func contains(_ key: Key) -> Bool { decoder.row.values[key.stringValue] != nil }
        func decodeNil(forKey key: Key) -> Bool { !contains(key) }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            guard let text = decoder.row.values[key.stringValue] else {
                throw DecodingError.keyNotFound(key, .init(codingPath: [key], debugDescription: ""))
            }
            return try Text(text: text, key: key, userInfo: decoder.userInfo).decode(type)
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type,
            forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> { throw RowDecoder.notAText }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw RowDecoder.notAText
        }
        func superDecoder() -> any Decoder { decoder }
        func superDecoder(forKey key: Key) -> any Decoder { decoder }
    }

    /// One field's text.
    private struct Text: Decoder, SingleValueDecodingContainer {
        let text: String
        let key: any CodingKey
        let userInfo: [CodingUserInfoKey: Any]
        var codingPath: [any CodingKey] { [key] }

        func container<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
            throw RowDecoder.notAText
        }
        func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw RowDecoder.notAText }
        func singleValueContainer() -> any SingleValueDecodingContainer { self }
        func decodeNil() -> Bool { false }

        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            let plain: Any? =
                switch type {
                case is String.Type: text
                case is Bool.Type: try flag()
                case is Int.Type: try number()
                default: nil
                }
            if let plain = plain as? Value { return plain }
            do {
                return try Value(from: self)
            } catch let refusal as Refusal where refusal.fact("field") == nil {
                // What says more of a text than its form knows no field.
                throw Refusal(
                    refusal.code,
                    rule: refusal.rule,
                    refusal.detail,
                    facts: refusal.facts + ["field": key.stringValue]
                )
            }
        }

        /// As tables and CSV have it, and JSON.
        private func flag() throws -> Bool {
            switch text.lowercased() {
            case "yes", "true": true
            case "no", "false": false
            default: throw Refusal.invalidField(key.stringValue, text, "it is yes or no")
            }
        }

        private func number() throws -> Int {
            guard let number = Int(text) else {
                throw Refusal.invalidField(key.stringValue, text, "it is a whole number")
            }
            return number
        }
    }
}
