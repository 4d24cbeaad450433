import Registry

extension StoredRow {
    /// Reads a type of the domain: each property from the column of its name in snake case, as `lastGroup` from
    /// `last_group`, and `isConsumed` from `is_consumed` or `consumed`. What a property is made of stands in columns of
    /// the same row; one that may be nil is nil where the first column that it needs is null.
    /// - Throws: `Refusal` with `registry.damaged` for what nothing here writes.
    package func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        if let columnType = Value.self as? any ColumnValue.Type, let value = try read(columnType, 0) as? Value {
            return value
        }
        do {
            return try Value(from: RowDecoder(row: self))
        } catch let missing as MissingColumn {
            throw damaged(missing.index)
        }
    }

    fileprivate func read<Value: ColumnValue>(_ type: Value.Type, _ index: Int) throws -> Value {
        try self[index]
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
    var progress = Progress()
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer(row: row, progress: progress))
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
    let progress: Progress
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { row.index(ofProperty: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool {
        row.index(ofProperty: key.stringValue).map(row.isNull) ?? true
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        guard let columnType = type as? any ColumnValue.Type else {
            return try Value(from: RowDecoder(row: row, progress: progress))
        }
        guard let value = try value(key, columnType) as? Value else { throw NotInColumns() }
        return value
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        if type is any ColumnValue.Type {
            return try decodeNil(forKey: key) ? nil : try decode(type, forKey: key)
        }
        let inner = RowDecoder(row: row)
        do {
            return try Value(from: inner)
        } catch is MissingColumn where !inner.progress.hasValue {
            return nil
        }
    }

    private func value<Value: ColumnValue>(_ key: Key, _ type: Value.Type = Value.self) throws -> Value {
        guard let index = row.index(ofProperty: key.stringValue) else {
            throw NotInColumns(property: key.stringValue)
        }
        if row.isNull(index) { throw MissingColumn(index: index) }
        progress.hasValue = true
        return try row[index]
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
