import Testing

@testable import CSV

struct CSVReaderTests {
    /// What a reader makes of `bytes` in pieces of `size`: rows with all their fields in the file's order, and problems.
    private func read(
        _ bytes: [UInt8],
        required: [String] = ["a", "b"],
        optional: [String] = [],
        size: Int = .max
    ) throws -> (rows: [(line: Int, fields: [String])], problems: [CSVProblem]) {
        var reader = CSVReader(required: required, optional: optional)
        var rows: [(line: Int, fields: [String])] = []
        func take(_ row: CSVRow) {
            rows.append((row.line, (0..<row.count).map(row.text(at:))))
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            try reader.read(Array(rest.prefix(size)), row: take)
            rest = rest.dropFirst(size)
        }
        try reader.finish(row: take)
        return (rows, reader.problems)
    }

    private func read(_ text: String, required: [String] = ["a", "b"], size: Int = .max) throws -> (
        rows: [(line: Int, fields: [String])], problems: [CSVProblem]
    ) {
        try read(Array(text.utf8), required: required, size: size)
    }

    @Test("However a file is cut into pieces, its rows and problems are the same")
    func pieces() throws {
        let text =
            "\u{FEFF}\r\na,\"b\"\r\n1,2\n\n\"x,\"\"y\"\"\r\nz\",ü\r\n3\n4,5,6\n7,\"8\" \nq\"r,s\r9,10\r\n,\n\"\",\"\"\nend,€"
        let whole = try read(text)
        #expect(
            whole.rows.map(\.fields) == [
                ["1", "2"], ["x,\"y\"\r\nz", "ü"], ["", ""], ["", ""], ["end", "€"],
            ]
        )
        #expect(whole.rows.map(\.line) == [3, 5, 11, 12, 13])
        #expect(whole.problems.map(\.line) == [7, 8, 9, 10])
        for size in 1...20 {
            let cut = try read(text, size: size)
            #expect(cut.rows.map(\.fields) == whole.rows.map(\.fields))
            #expect(cut.rows.map(\.line) == whole.rows.map(\.line))
            #expect(cut.problems == whole.problems)
        }
    }

    @Test("Columns are found by name without regard to case, blanks and order; one that is lacking may be optional")
    func columns() throws {
        var reader = CSVReader(required: ["code", "Seats"], optional: ["note", "sku"])
        var rows: [CSVRow] = []
        try reader.read(Array(" SEATS ;sku;Extra;\u{A0}Code\n25;E3;?;ABC".utf8)) { rows.append($0) }
        try reader.finish { rows.append($0) }
        let row = try #require(rows.first)
        #expect(rows.count == 1)
        #expect((0..<4).map(row.text(of:)) == ["ABC", "25", "", "E3"])
        #expect(row.header.has(3))
        #expect(!row.header.has(2))
        #expect(row.name(of: 0) == "Code")
        #expect(Array(row.bytes(of: 1)) == Array("25".utf8))
    }

    @Test("The header decides between comma and semicolon; commas are then text")
    func delimiter() throws {
        #expect(try read("a;b\n1,5;2\n").rows.map(\.fields) == [["1,5", "2"]])
        #expect(try read("\"a\",\"b\",\"c;d;e;f\"\n1;5,2,3\n").rows.map(\.fields) == [["1;5", "2", "3"]])
        #expect(try read("a\n1;2\n", required: ["a"]).rows.map(\.fields) == [["1;2"]])
    }

    @Test("Rows that were kept stay as they were while the reader goes on")
    func keptRows() throws {
        var reader = CSVReader(required: ["a"])
        var rows: [CSVRow] = []
        try reader.read(Array("a\n1\n22\n333\n".utf8)) { rows.append($0) }
        #expect(rows.map { $0.text(of: 0) } == ["1", "22", "333"])
    }

    @Test("Text in neither encoding is told with its line and column")
    func unknownEncoding() throws {
        let result = try read(Array("a,b\n1,2\nM".utf8) + [0x9D] + Array("ller,3\nx,y\n".utf8))
        #expect(result.rows.map(\.fields) == [["1", "2"], ["x", "y"]])
        let problem = try #require(result.problems.first)
        #expect(result.problems.count == 1)
        #expect(problem.line == 3)
        #expect(problem.column == "a")
        #expect(problem.detail.contains("Windows-1252"))
        // Two halves of a letter in two fields are not a letter.
        #expect(try read(Array("a,b\n".utf8) + [0xC3, 0x2C, 0xA9, 0x0A]).rows.map(\.fields) == [["Ã", "©"]])
    }

    @Test(
        "A malformed row is told with its line and column and left out",
        arguments: [
            ("1,2\0\n", "b", "NUL"), ("\"1\0\",2\n", "a", "NUL"), ("1,2\"3\n", "b", "quote"),
            ("\"1\"x,2\n", "a", "closing quote"), ("1\n", nil, "1 field,"), ("1,2,3\n", nil, "3 fields,"),
            ("1,2\r3\n", "b", "carriage return"),
        ] as [(String, String?, String)]
    )
    func malformedRow(_ row: String, _ column: String?, _ word: String) throws {
        let result = try read("a,b\n" + row + "3,4\n")
        #expect(result.rows.map(\.fields) == [["3", "4"]])
        #expect(result.problems.map(\.line) == [2])
        #expect(result.problems.map(\.column) == [column])
        #expect(result.problems.allSatisfy { $0.detail.contains(word) })
    }

    @Test("An open quote is told with the line it was opened in")
    func openQuote() throws {
        let result = try read("a,b\n1,2\n3,\"4\n5,6\n7,8\n")
        #expect(result.rows.map(\.fields) == [["1", "2"]])
        #expect(result.problems.map(\.line) == [3])
        #expect(result.problems.map(\.column) == ["b"])
        #expect(result.problems.allSatisfy { $0.detail.contains("never closed") })
    }

    @Test("A field of 65,536 bytes is read, one more byte is too long, quoted or not", arguments: [false, true])
    func fieldLimit(_ isQuoted: Bool) throws {
        func file(_ length: Int) -> String {
            let field = String(repeating: "x", count: length)
            return "a,b\n\(isQuoted ? "\"\(field)\"" : field),2\n3,4\n"
        }
        let atLimit = try read(file(CSVReader.fieldLimit), size: 1_000)
        #expect(atLimit.rows.map { $0.fields[0].utf8.count } == [65_536, 1])
        #expect(atLimit.problems.isEmpty)
        let beyond = try read(file(CSVReader.fieldLimit + 1), size: 1_000)
        #expect(beyond.rows.map(\.fields) == [["3", "4"]])
        #expect(beyond.problems.map(\.line) == [2])
        #expect(beyond.problems.map(\.column) == ["a"])
    }

    @Test("A row of a million fields is told, and costs no memory for them")
    func manyFields() throws {
        let result = try read("a,b\n" + String(repeating: ",", count: 1_000_000) + "\n1,2")
        #expect(result.rows.map(\.fields) == [["1", "2"]])
        #expect(result.problems.map(\.detail) == ["There are 1000001 fields, the header has 2."])
    }

    @Test("Line numbers go on counting through quoted line ends and skipped rows")
    func lineNumbers() throws {
        let result = try read("a,b\r\n\"1\n\n\",2\r\nbad\r\n\"x\"y\r\n\r\n3,4")
        #expect(result.rows.map(\.line) == [2, 8])
        #expect(result.problems.map(\.line) == [5, 6])
    }

    @Test(
        "A file without a usable header is refused",
        arguments: [
            ("", "empty"), ("\n\r\n", "empty"), ("a\n1\n", "lacks the column \"b\""), ("a,b,A\n", "twice"),
            ("a,\"b\n1,2\n", "never closed"), ("a\rb\r", "carriage return"), ("a\0,b", "NUL"),
            ("a,b" + String(repeating: "x", count: 70_000), "longer"),
        ]
    )
    func unusableHeader(_ text: String, _ word: String) {
        let error = #expect(throws: CSVError.self) { try read(text) }
        #expect(error?.detail.contains(word) == true)
        #expect(error?.problems.count == 1)
    }

    @Test("A file in UTF-16 is read, however it is cut, and in Windows-1252", arguments: [1, 2, 3, 5, 1_000])
    func encodings(size: Int) throws {
        let text = "naïve,b\n€😀,2\n\"Ünal\n\",3\n"
        for isBig in [false, true] {
            let units = [0xFEFF] + Array(text.utf16)
            let bytes = units.flatMap {
                isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
            }
            let result = try read(bytes, required: ["naïve", "b"], size: size)
            #expect(result.rows.map(\.fields) == [["€😀", "2"], ["Ünal\n", "3"]])
            #expect(result.problems.isEmpty)
        }
        let western: [UInt8] = Array("na".utf8) + [0xEF] + Array("ve,b\n".utf8) + [0x80, 0xDC] + Array("nal,2\n".utf8)
        #expect(try read(western, required: ["naïve", "b"], size: size).rows.map(\.fields) == [["€Ünal", "2"]])
    }

    @Test("The first row beyond ASCII decides between UTF-8 and Windows-1252")
    func mixedEncodings() throws {
        let utf8First = try read(Array("a,b\nÜ,1\n".utf8) + [0xDC] + Array(",2\n".utf8))
        #expect(utf8First.rows.map(\.fields) == [["Ü", "1"]])
        #expect(utf8First.problems.map(\.line) == [3])
        let westernFirst = try read(Array("a,b\n".utf8) + [0xDC] + Array(",1\nÜ,2\n".utf8))
        #expect(westernFirst.rows.map(\.fields) == [["Ü", "1"], ["Ãœ", "2"]])
        // A byte that stands for nothing.
        #expect(try read(Array("a,b\n".utf8) + [0x81] + Array(",1\n".utf8)).problems.map(\.column) == ["a"])
    }

    @Test("A tab may part the columns")
    func tabs() throws {
        #expect(try read("a\tb\n1,5\t2;\n").rows.map(\.fields) == [["1,5", "2;"]])
        #expect(try read("a,b\n1\t,2\n").rows.map(\.fields) == [["1\t", "2"]])
    }

    @Test("A byte order mark that became ??? on the way is no part of the first column's name")
    func brokenByteOrderMark() throws {
        #expect(try read("???a,b\n1,2\n").rows.map(\.fields) == [["1", "2"]])
        #expect(try read("ï»¿a,b\n1,2\n").rows.map(\.fields) == [["1", "2"]])
    }

    @Test("Beyond the limit of bad rows the reader gives up, at the limit it does not")
    func problemLimit() throws {
        func read(_ count: Int) throws -> Int {
            var reader = CSVReader(required: ["a", "b"], problemLimit: 10)
            try reader.read(Array(("a,b\n" + String(repeating: "x\n", count: count)).utf8)) { _ in }
            return reader.problems.count
        }
        #expect(try read(10) == 10)
        let error = #expect(throws: CSVError.self) { try read(11) }
        #expect(error?.problems.count == 11)
    }

    @Test("What the consumer throws ends the reading")
    func consumerThrows() {
        struct Stop: Error {}
        var reader = CSVReader(required: ["a"])
        #expect(throws: Stop.self) { try reader.read(Array("a\n1\n".utf8)) { _ in throw Stop() } }
    }

    @Test("Any bytes are read without a crash, and every row has as many fields as the header")
    func anyBytes() throws {
        var generator = SplitMix(state: 42)
        let alphabet = Array("ab,;\"\"\r\n\n\0".utf8) + [0xC3, 0xBC]
        var rowCount = 0
        for _ in 0..<2_000 {
            let bytes = (0..<60).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let result = try read(Array("a,b\n".utf8) + bytes, size: .random(in: 1...30, using: &generator))
            #expect(result.rows.allSatisfy { $0.fields.count == 2 })
            rowCount += result.rows.count
        }
        #expect(rowCount > 300)
    }
}
