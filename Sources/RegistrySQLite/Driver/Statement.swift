import CSQLite

/// A prepared statement of a connection.
final class Statement {
    let handle: OpaquePointer
    /// Where each column stands.
    let columns: [String: Int32]
    private let connection: OpaquePointer
    /// Where the column of each property stands that was asked for; nil where there is none.
    private var properties: [String: Int32?] = [:]

    /// - Parameters:
    ///   - sql: one statement, or several of which the first is taken.
    ///   - rest: where the others begin.
    /// - Returns: nil where there is nothing but blanks and comments.
    init?(
        _ sql: UnsafePointer<CChar>,
        on connection: OpaquePointer,
        isKept: Bool,
        rest: UnsafeMutablePointer<UnsafePointer<CChar>?>? = nil
    ) throws(SQLiteError) {
        var handle: OpaquePointer?
        let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        guard sqlite3_prepare_v3(connection, sql, -1, flags, &handle, rest) == SQLITE_OK else {
            throw SQLiteError(of: connection)
        }
        guard let handle else { return nil }
        self.handle = handle
        self.connection = connection
        let names = (0..<sqlite3_column_count(handle)).map { (String(cString: sqlite3_column_name(handle, $0)), $0) }
        columns = Dictionary(names) { first, _ in first }
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func bind(_ arguments: [any ColumnValue]) throws(SQLiteError) {
        guard arguments.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw SQLiteError(
                SQLITE_MISUSE,
                message: "\(arguments.count) arguments for \(sqlite3_bind_parameter_count(handle)) parameters"
            )
        }
        for (index, argument) in arguments.enumerated() {
            let code = argument.bind(to: handle, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw SQLiteError(code) }
        }
    }

    /// Where the column of a property of the domain stands, which has its name in snake case, without `is` before it or
    /// with it.
    func index(ofProperty name: String) -> Int32? {
        if let known = properties[name] { return known }
        let found = Self.columnNames(ofProperty: name).lazy.compactMap { self.columns[$0] }.first
        properties[name] = .some(found)
        return found
    }

    private static func columnNames(ofProperty name: String) -> [String] {
        var column = ""
        var wasUppercase = true
        for character in name {
            if character.isUppercase, !wasUppercase { column += "_" }
            wasUppercase = character.isUppercase
            column += character.lowercased()
        }
        return column.hasPrefix("is_") ? [column, String(column.dropFirst(3))] : [column]
    }

    /// Goes to the next row.
    /// - Returns: false when there is none.
    func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw SQLiteError(of: connection)
        }
    }

    /// Makes it ready to run again.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}
