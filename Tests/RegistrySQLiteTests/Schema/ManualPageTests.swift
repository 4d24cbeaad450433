import Foundation
import Testing

@testable import RegistrySQL

@Suite("The manual page of the registry", .onSQLite)
struct ManualPageTests {
    @Test("It has a sentence for each table, and for no other")
    func tables() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Man/registry.5")
        let text = try String(contentsOf: page, encoding: .utf8)
        let pattern = #/(?s)\.Sh TABLES\n(.*?)\n\.Sh /#
        let section = try #require(text.firstMatch(of: pattern)).1
        let names = section.matches(of: #/(?m)^\.It Va (.*)$/#).flatMap { match in
            match.1.split(separator: " , ").map { String($0) }
        }
        // PostgreSQL has its version in a table.
        let tables = Schema.tables.map { $0.name } + ["registry_version"]
        #expect(Set(names) == Set(tables))
        #expect(names.count == Set(names).count)
    }
}
