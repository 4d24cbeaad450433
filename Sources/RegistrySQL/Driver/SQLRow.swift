/// The row that a prepared statement of a driver stands on.
///
/// A column is asked for in one kind, and gives nil when it holds another.
package protocol SQLRow: AnyObject {
    var columns: StatementColumns { get }

    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) -> Int64?
    func text(_ column: Int) -> String?
    func blob(_ column: Int) -> [UInt8]?
    /// A column of whatever kind, for a message.
    func excerpt(_ column: Int) -> String
}

/// Where the columns of a statement stand, by name.
package final class StatementColumns {
    package let names: [String]
    private let positions: [String: Int]
    /// The properties that were asked for, in the order in which they were: the next row is asked for the same.
    private var asked: [AskedProperty] = []
    private var next = 0

    package init(_ names: [String]) {
        self.names = names
        positions = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    func index(of name: String) -> Int? { positions[name] }

    /// Another value of the domain is read, from its first property on.
    func begin() { next = 0 }

    /// Where the column of a property of the domain stands, which has its name in snake case, without `is` before it or
    /// with it; and how the property's type is read.
    func property(_ name: String, _ type: Any.Type) -> AskedProperty {
        let id = ObjectIdentifier(type)
        if next < asked.count, asked[next].type == id, asked[next].name == name {
            defer { next += 1 }
            return asked[next]
        }
        if let known = asked.firstIndex(where: { $0.type == id && $0.name == name }) {
            next = known + 1
            return asked[known]
        }
        let index = Self.columnNames(ofProperty: name).lazy.compactMap { self.positions[$0] }.first
        let property = AskedProperty(name: name, type: id, index: index, columnType: type as? any ColumnValue.Type)
        asked.append(property)
        next = asked.count
        return property
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
}

/// A property of the domain, as a statement has it.
struct AskedProperty {
    let name: String
    let type: ObjectIdentifier
    /// Nil where the statement has no column for it.
    let index: Int?
    /// Nil for a type that stands in several columns.
    let columnType: (any ColumnValue.Type)?
}
