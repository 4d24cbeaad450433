import Testing

@testable import Registry

@Suite("Files of rows")
struct RowFileTests {
    private struct Pieces: ChunkSource {
        var pieces: [[UInt8]]

        mutating func next() -> [UInt8]? { pieces.isEmpty ? nil : pieces.removeFirst() }
    }

    private static let columns: [RowColumn] = [
        .field("user", "userPrincipalName", isRequired: true),
        .field("sku", "skuPartNumber", isRequired: true),
        .field("on"),
        .only("kind", "cloud"),
        .only("to", ""),
        .derived("licenses"),
    ]

    private func read(
        _ text: String,
        defaults: [String: String] = [:],
        size: Int = 1 << 16
    ) throws -> (rows: [[String: String]], lines: [Int], problems: [InputProblem]) {
        let bytes = Array(text.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        var file = RowFile(Self.columns, defaults: defaults)
        var rows: [FileRow] = []
        try file.read(UploadedFile(name: "t", digest: "t") { Pieces(pieces: pieces) }) { rows.append($0) }
        return (rows.map(\.values), rows.map(\.line), file.problems)
    }

    private func refusal(_ text: String, defaults: [String: String] = [:]) -> Refusal? {
        #expect(throws: Refusal.self) { try read(text, defaults: defaults) }
    }

    @Test(
        "CSV and NDJSON give the same rows, under the names of the lists or the short ones",
        arguments: [1, 2, 3, 7, 64]
    )
    func forms(_ size: Int) throws {
        let csv = try read(
            "\u{FEFF}userPrincipalName;sku;kind;licenses;to\r\n\r\na@b.c; E3 ;cloud;x;\r\n\"d@e.f\";E5;;;\r\n",
            size: size
        )
        let lines = try read(
            """
            \u{FEFF}
            {"user":"a@b.c","skuPartNumber":"E3","kind":"cloud","licenses":["x",{"y":1}],"to":null}

            {"userPrincipalName":"d@e.f","sku":"E5","licenses":[]}
            """,
            size: size
        )
        #expect(csv.rows == [["user": "a@b.c", "sku": "E3"], ["user": "d@e.f", "sku": "E5"]])
        #expect(lines.rows == csv.rows)
        #expect((csv.lines, lines.lines) == ([3, 4], [2, 4]))
        #expect(csv.problems == [] && lines.problems == [])
    }

    @Test("What stands in for a column makes it needless, and a row's own text comes first")
    func defaults() throws {
        let csv = try read("user,on\na@b.c,\nd@e.f,2026-01-01\n", defaults: ["sku": "E3", "on": "2026-02-02"])
        #expect(csv.rows.map { $0["on"] } == ["2026-02-02", "2026-01-01"])
        #expect(csv.rows.map { $0["sku"] } == ["E3", "E3"])
        #expect(try read("{\"user\":\"a@b.c\"}", defaults: ["sku": "E3"]).rows == [["user": "a@b.c", "sku": "E3"]])
    }

    @Test(
        "A header that cannot be used is refused, with the column",
        arguments: [
            ("user\n", "The header lacks the column \"sku\"."),
            ("on\nx\n", "The header lacks the columns \"user\", \"sku\"."),
            ("user,sku,skuu\na,b,c\n", "There is no column \"skuu\". Did you mean sku?"),
            (
                "user,userPrincipalName,sku\n",
                "The header names the same thing twice: \"user\" and \"userPrincipalName\"."
            ),
            ("", "The file is empty; its first line has to name the columns."),
            ("XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK,user,sku\n", "There is no column \"•••••-•••••-•••••-•••••-8FGYK\"."),
        ]
    )
    func headers(_ text: String, _ detail: String) {
        #expect(refusal(text)?.detail == detail)
    }

    @Test("Every bad row is named with its line and column, and the others are read")
    func badRows() throws {
        let csv = try read("user,sku,kind,to\na@b.c,E3,on-premises,\na@b.c,E3,,2026-01-01\nok@b.c,E3,,\n\"x\n")
        #expect(csv.rows.count == 1)
        #expect(csv.problems.map(\.row).sorted() == [2, 3, 5])
        #expect(csv.problems.first?.column == "kind")
        let lines = try read(
            """
            {"user":"a@b.c","sku":"E3","kind":"on-premises"}
            {"user":"a@b.c"}
            {"user":["a@b.c"],"sku":"E3"}
            {"user":"a@b.c","sku":"E3","useer":1}
            [1]
            {"user":"a@b.c","sku":"E3"
            {"user":"ok@b.c","sku":"E3","on":true}
            """
        )
        #expect(lines.rows == [["user": "ok@b.c", "sku": "E3", "on": "true"]])
        #expect(lines.problems.map(\.row) == [1, 2, 3, 4, 5, 6])
        #expect(lines.problems.map(\.column) == ["kind", "sku", "user", nil, nil, nil])
        #expect(lines.problems[3].detail == "There is no field \"useer\". Did you mean user?")
    }

    @Test("A line without an end is given up")
    func longLine() {
        #expect(refusal("{\"user\":\"" + String(repeating: "x", count: 3 << 20))?.code == .importInvalid)
    }
}
