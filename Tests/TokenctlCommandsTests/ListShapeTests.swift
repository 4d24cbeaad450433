import ArgumentParser
import RegistryAPI
import Synchronization
import Testing

@testable import TokenctlCommands

@Suite("The shape of a list")
struct ListShapeTests {
    private struct Thing: Codable, Row {
        let id: String
        let seats: Int?
        let note: String
        let parts: [String]

        static let rowStyle = RowStyle(hidden: ["note"], omitted: ["parts"])
    }

    private let things = [
        Thing(id: "T10", seats: 5, note: "b", parts: ["x"]), Thing(id: "T9", seats: nil, note: "A", parts: []),
        Thing(id: "t1", seats: 25, note: "a", parts: ["y", "z"]),
    ]

    private func printed(
        _ format: OutputFormat,
        _ options: [String],
        isWide: Bool = false
    ) throws -> String {
        let terminal = StageTerminal(answers: nil)
        let shape = try ListShape(try ListOptions.parse(options))
        try Printer(format: format, terminal: terminal, isWide: isWide, shape: shape).print(list: things)
        var pages = try Printer.PrintedList<Thing>(
            printer: Printer(format: format, terminal: terminal, isWide: isWide, shape: shape)
        )
        let first = terminal.written.withLock { $0.output }
        pages.add([things[0]])
        pages.add(Array(things[1...]))
        try pages.finish()
        let both = terminal.written.withLock { $0.output }
        // A table of several pages is aligned page by page.
        if format != .table { #expect(both == first + first) }
        return first
    }

    @Test("Fields are printed in the order that they are asked for, also those that tables leave out")
    func fields() throws {
        #expect(try printed(.csv, ["--fields", "note,id"]) == "note,id\nb,T10\nA,T9\na,t1\n")
        #expect(try printed(.table, ["--fields", "parts, seats"]) == "PARTS  SEATS\nx          5\n\ny z       25\n")
        #expect(
            try printed(.ndjson, ["--fields=seats,parts"])
                == #"{"parts":["x"],"seats":5}"# + "\n" + #"{"parts":[]}"# + "\n"
                + #"{"parts":["y","z"],"seats":25}"# + "\n"
        )
        #expect(try printed(.json, ["--fields", "id", "--sort", "id"]).contains("\"id\" : \"t1\"\n"))
    }

    @Test("A wide table has what CSV has")
    func wide() throws {
        #expect(try printed(.table, []).hasPrefix("ID   SEATS\n"))
        #expect(try printed(.table, [], isWide: true).hasPrefix("ID   SEATS  NOTE\n"))
    }

    @Test(
        "Rows are sorted by size or as people count, and what is not known comes last",
        arguments: [
            ("id", ["t1", "T9", "T10"]), ("-id", ["T10", "T9", "t1"]), ("seats", ["T10", "t1", "T9"]),
            ("-seats", ["t1", "T10", "T9"]), ("note,id", ["t1", "T9", "T10"]), ("note,-id", ["T9", "t1", "T10"]),
        ]
    )
    func sorting(_ order: String, _ expected: [String]) throws {
        let ids = try printed(.csv, ["--fields", "id", "--sort", order]).split(separator: "\n").dropFirst().map(
            String.init
        )
        #expect(ids == expected)
    }

    @Test("Texts are compared as people count")
    func comparing() {
        #expect(RowOrder.compare("a2", "a10") < 0)
        #expect(RowOrder.compare("a02", "a2") == 0)
        #expect(RowOrder.compare("2026-03-02", "2026-11-30") < 0)
        #expect(RowOrder.compare("", "a") < 0)
        #expect(RowOrder.compare("B", "a") > 0)
        #expect(RowOrder.compare("99999999999999999999999", "100000000000000000000000") < 0)
    }

    @Test("A field that is not there is an error that names the nearest", arguments: ["--fields", "--sort"])
    func unknown(_ option: String) throws {
        let error = #expect(throws: UsageError.self) { try printed(.csv, [option, "seat"]) }
        #expect(error?.message == "There is no field seat. Did you mean seats? The fields are id, seats, note, parts.")
        #expect(throws: UsageError.self) { try printed(.csv, [option, "id,"]) }
        #expect(throws: UsageError.self) { try printed(.csv, [option, ""]) }
    }
}
