extension Schema {
    /// A table, and what of it an `INSERT` can name.
    package struct Table: Hashable, Sendable {
        package let name: String
        /// Columns that the engine computes.
        package let generated: Set<String>
    }

    /// All tables, in the order in which they are made.
    package static let tables: [Table] = statements(of: migrations.joined()).compactMap { statement in
        guard let name = statement.firstMatch(of: /^\s*CREATE TABLE (\w+)/)?.1 else { return nil }
        let generated = statement.matches(of: /(?m)^\s*(\w+) .*\bGENERATED ALWAYS AS\b/).map { String($0.1) }
        return Table(name: String(name), generated: Set(generated))
    }

    /// The script's statements, without closing semicolons. A guard's own end with `END`.
    ///
    /// - Parameter keepsComments: leaves them as they are written, comments included.
    package static func statements(of script: String, keepsComments: Bool = false) -> [String] {
        var statements: [String] = []
        var lines: [Substring] = []
        /// The first line that is no comment.
        var first: Substring?
        for line in script.split(separator: "\n", omittingEmptySubsequences: !keepsComments) {
            let isComment = line.contains(/^\s*(--|$)/)
            if isComment, !keepsComments { continue }
            lines.append(line)
            if isComment { continue }
            first = first ?? line
            let isGuard = first?.contains(/^\s*CREATE TRIGGER/) ?? false
            guard line.hasSuffix(isGuard ? "END;" : ";") else { continue }
            statements.append(String(lines.joined(separator: "\n").dropLast()))
            (lines, first) = ([], nil)
        }
        // The last one may end without a semicolon.
        return first == nil ? statements : statements + [lines.joined(separator: "\n")]
    }

    /// Whether the statement makes a table, behind its comments.
    package static func makesTable(_ statement: String) -> Bool {
        statement.firstMatch(of: /^(?:\s*--[^\n]*\n|\s)*CREATE TABLE\b/) != nil
    }
}
