#if PostgreSQL
import Testing

@testable import RegistryPostgreSQL

@Suite("Placeholders")
struct PlaceholderTests {
    @Test(
        "Parameters are numbered as SQLite numbers them",
        arguments: [
            ("SELECT 1", "SELECT 1", 0),
            ("a = ? AND b = ?", "a = $1 AND b = $2", 2),
            ("a = ?1 OR b = ?1", "a = $1 OR b = $1", 1),
            ("?2, ?, ?1", "$2, $3, $1", 3),
            ("?12", "$12", 12),
            ("a = $1 AND b = ?", "a = $1 AND b = $2", 2),
            ("?", "$1", 1),
            ("", "", 0),
        ]
    )
    func numbers(sql: String, text: String, count: Int) {
        #expect(Placeholders(sql).text == text)
        #expect(Placeholders(sql).count == count)
    }

    @Test(
        "What stands in quotes or comments stays as it is",
        arguments: [
            ("'?' || ?", "'?' || $1"),
            ("'it''s ?' || ?", "'it''s ?' || $1"),
            ("\"a?\"\"b?\" = ?", "\"a?\"\"b?\" = $1"),
            ("-- what?\n?", "-- what?\n$1"),
            ("/* ? /* ? */ ? */ ?", "/* ? /* ? */ ? */ $1"),
            ("a - ? / ?", "a - $1 / $2"),
            ("'Grüße ?' || ?", "'Grüße ?' || $1"),
        ]
    )
    func literals(sql: String, text: String) {
        #expect(Placeholders(sql).text == text)
        #expect(Placeholders(sql).count == text.split(separator: "$").count - 1)
    }

    @Test("A quote or a comment without an end goes to the end", arguments: ["'?", "\"?", "-- ?", "/* ? /* ? */"])
    func openEnds(sql: String) {
        #expect(Placeholders(sql).text == sql)
        #expect(Placeholders(sql).count == 0)
    }
}
#endif
