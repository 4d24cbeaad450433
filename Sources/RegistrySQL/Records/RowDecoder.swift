import Registry

extension StoredRow {
    /// Reads a type of the domain: each property from the column of its name in snake case, as `lastGroup` from
    /// `last_group`, and `isConsumed` from `is_consumed` or `consumed`. What a property is made of stands in columns of
    /// the same row; one that may be nil is nil where the first column that it needs is null.
    /// - Throws: `Refusal` with `registry.damaged` for what nothing here writes.
    package func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        if let columnType = Value.self as? any ColumnValue.Type, let value = try columnType.read(self, 0, as: type) {
            return value
        }
        row.columns.begin()
        do {
            return try Value(from: RowDecoder(row: self, columns: row.columns))
        } catch let missing as MissingColumn {
            throw damaged(missing.index)
        }
    }
}

extension ColumnValue {
    /// Reads a column as this type, which is `Value`.
    fileprivate static func read<Value>(_ row: StoredRow, _ index: Int, as type: Value.Type) throws -> Value? {
        let value: Self = try row[index]
        return value as? Value
    }
}

extension SQLConnection {
    /// The first row, read as a type of the domain.
    package func first<Value: Decodable>(_ sql: String, _ arguments: [any ColumnValue] = []) throws -> Value? {
        try first(sql, arguments) { try $0.decode() }
    }

    /// The one row of a statement that always gives one.
    package func only<Value: Decodable>(_ sql: String, _ arguments: [any ColumnValue] = []) throws -> Value {
        guard let value: Value = try first(sql, arguments) else { throw Refusal(.registryDamaged, "A sum is missing.") }
        return value
    }

    /// All rows, read as a type of the domain.
    package func all<Value: Decodable>(_ sql: String, _ arguments: [any ColumnValue] = []) throws -> [Value] {
        try all(sql, arguments) { try $0.decode() }
    }
}

/// A column that is null, or not there, where a value is needed.
private struct MissingColumn: Error {
    let index: Int
}

private struct RowDecoder: Decoder {
    let row: StoredRow
    let columns: StatementColumns
    var progress = Progress()
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer(row: row, columns: columns, progress: progress))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotInColumns() }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NotInColumns() }
}

/// Whether a column of what is being read had a value: then the others that it needs have to have one too.
private final class Progress {
    var hasValue = false
}

/// A property that the statement has no column for: the statement is wrong.
private struct NotInColumns: Error {
    var property = ""
}

private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: StoredRow
    let columns: StatementColumns
    let progress: Progress
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { columns.property(key.stringValue, Void.self).index != nil }

    func decodeNil(forKey key: Key) throws -> Bool {
        columns.property(key.stringValue, Void.self).index.map(row.isNull) ?? true
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let property = columns.property(key.stringValue, type)
        guard let columnType = property.columnType else {
            return try Value(from: RowDecoder(row: row, columns: columns, progress: progress))
        }
        let index = try place(of: property)
        guard let value = try columnType.read(row, index, as: type) else { throw NotInColumns() }
        return value
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(key) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        let property = columns.property(key.stringValue, type)
        if let columnType = property.columnType {
            guard let index = property.index, !row.isNull(index) else { return nil }
            progress.hasValue = true
            return try columnType.read(row, index, as: type)
        }
        let inner = RowDecoder(row: row, columns: columns)
        do {
            return try Value(from: inner)
        } catch is MissingColumn where !inner.progress.hasValue {
            return nil
        }
    }

    private func value<Value: ColumnValue>(_ key: Key) throws -> Value {
        try row[place(of: columns.property(key.stringValue, Value.self))]
    }

    private func optional<Value: ColumnValue>(_ key: Key) throws -> Value? {
        guard let index = columns.property(key.stringValue, Value.self).index, !row.isNull(index) else { return nil }
        progress.hasValue = true
        return try row[index]
    }

    /// Where the property's column stands, which has a value.
    private func place(of property: AskedProperty) throws -> Int {
        guard let index = property.index else { throw NotInColumns(property: property.name) }
        if row.isNull(index) { throw MissingColumn(index: index) }
        progress.hasValue = true
        return index
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw NotInColumns()
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw NotInColumns() }
    func superDecoder() throws -> any Decoder { throw NotInColumns() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw NotInColumns() }
}
