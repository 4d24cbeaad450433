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
    /// Where the column of each property stands that was asked for; nil where there is none.
    private var properties: [String: Int?] = [:]

    package init(_ names: [String]) {
        self.names = names
        positions = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    func index(of name: String) -> Int? { positions[name] }

    /// Where the column of a property of the domain stands, which has its name in snake case, without `is` before it or
    /// with it.
    func index(ofProperty name: String) -> Int? {
        if let known = properties[name] { return known }
        let found = Self.columnNames(ofProperty: name).lazy.compactMap { self.positions[$0] }.first
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
}
