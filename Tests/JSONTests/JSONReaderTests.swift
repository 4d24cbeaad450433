import Testing

@testable import JSON

@Suite("Reading JSON piece by piece")
struct JSONReaderTests {
    @Test(
        "What is passed over is read as strictly as what is asked for",
        arguments: [
            ("{\"a\": [1, {\"b\": 01}]}", 1, 18), ("[\"\\x\"]", 1, 4), ("{\"a\": 1, \"a\": 2}", 1, 10), ("[tru]", 1, 2),
            ("[1,\n 2", 2, 3), ("{\"a\": \"\\ud800\"}", 1, 14),
        ]
    )
    func skipping(_ text: String, _ line: Int, _ column: Int) {
        var reader = JSONReader(Array(text.utf8))
        let fault = #expect(throws: JSONFault.self) { try reader.skip() }
        #expect(fault?.line == line)
        #expect(fault?.column == column)
    }

    @Test("Members and items are read in their order, whatever was asked for")
    func pieces() throws {
        var reader = JSONReader(Array(" {\"a\": [true, null, -1.5e3, \"x\\u00e9\\n\"], \"b\": {}} ".utf8))
        var seen: [String] = []
        try reader.object { reader, name in
            seen.append(name)
            guard name == "a" else { return try reader.skip() }
            try reader.list { reader, position in
                switch position {
                case 0: seen.append(String(try reader.flag()))
                case 1: try reader.null()
                case 2: seen.append(try reader.number())
                default: seen.append(try reader.text())
                }
            }
        }
        try reader.finish()
        #expect(seen == ["a", "true", "-1.5e3", "xé\n", "b"])
    }

    @Test("Several documents may follow one another, and what follows is told")
    func documents() throws {
        var reader = JSONReader(Array("{} \n []".utf8))
        try reader.skip()
        let more = reader.hasEnded()
        #expect(!more)
        #expect(throws: JSONFault.self) { try reader.finish() }
        try reader.skip()
        let end = reader.hasEnded()
        #expect(end)
    }

    @Test("A value of another kind is a fault at its place")
    func kinds() {
        var reader = JSONReader(Array("{\"a\": 1}".utf8))
        let fault = #expect(throws: JSONFault.self) {
            try reader.object { reader, _ in _ = try reader.text() }
        }
        #expect(fault?.column == 7)
    }
}
