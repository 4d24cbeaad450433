import Testing

@testable import CSV

struct CSVWriterTests {
    @Test("Only fields that need quotes get them")
    func quotes() {
        let writer = CSVWriter()
        #expect(writer.line(["a", "b c", "", "1=1"]) == "a,b c,,1=1\n")
        #expect(
            writer.line(["a,b", "say \"x\"", "1\n2", "1\r2", "x;y"])
                == "\"a,b\",\"say \"\"x\"\"\",\"1\n2\",\"1\r2\",\"x;y\"\n"
        )
        #expect(writer.line([""]) == "\"\"\n")
    }

    @Test("What begins like a formula gets a ' before it, and numbers do not")
    func formulas() {
        let fields = [
            "=1+1", "+49", "-x", "@a", "\tx", "\rx", "-3", "-3.5", "-3-3", "-", "'=x", "'s-Hertogenbosch", "'",
        ]
        #expect(
            CSVWriter().line(fields)
                == "'=1+1,'+49,'-x,'@a,'\tx,\"'\rx\",-3,-3.5,'-3-3,'-,''=x,'s-Hertogenbosch,'\n"
        )
    }

    @Test("Every field that begins like a formula, or with a ', is read again as it was")
    func formulasRoundTrip() throws {
        let pieces = ["'", "=", "+", "-", "@", "\t", "\r", "3", ".", "a"]
        var texts = [""]
        for length in 1...4 {
            texts += texts.filter { $0.count == length - 1 }.flatMap { text in pieces.map { text + $0 } }
        }
        var output: [UInt8] = []
        for row in [["text", "n"]] + texts.map({ [$0, "1"] }) { CSVWriter().append(row, to: &output) }
        var reader = CSVReader(required: ["text"])
        var read: [String] = []
        try reader.read(output) { row in read.append(row.text(of: 0)) }
        try reader.finish { row in read.append(row.text(of: 0)) }
        #expect(read == texts)
    }

    @Test("What is written is read again as it was")
    func roundTrip() throws {
        var generator = SplitMix(state: 7)
        let pieces = ["a", ",", ";", "\"", "\n", "\r\n", "\r", " ", "ü", "€", ""]
        for width in 1...3 {
            let header = (0..<width).map { "column \($0)" }
            let rows = (0..<200).map { _ in
                (0..<width).map { _ in
                    (0..<4).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
                }
            }
            var output: [UInt8] = []
            for row in [header] + rows { CSVWriter().append(row, to: &output) }
            var reader = CSVReader(required: header)
            var read: [[String]] = []
            try reader.read(output) { row in read.append((0..<width).map(row.text(of:))) }
            try reader.finish { row in read.append((0..<width).map(row.text(of:))) }
            #expect(read == rows)
            #expect(reader.problems.isEmpty)
        }
    }
}

extension CSVWriterTests {
    @Test("For Excel there is a byte order mark, a line that names the comma, and CRLF; the reader takes it")
    func excel() throws {
        let writer = CSVWriter(forExcel: true)
        var bytes: [UInt8] = []
        writer.begin(&bytes)
        writer.append(["a", "b"], to: &bytes)
        writer.append(["Söhne", "=1"], to: &bytes)
        writer.append([""], to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "\u{FEFF}sep=,\r\na,b\r\nSöhne,'=1\r\n\"\"\r\n")
        var rows: [[String]] = []
        var reader = CSVReader(required: ["a", "b"])
        try reader.read(bytes) { rows.append([$0.text(of: 0), $0.text(of: 1)]) }
        try reader.finish { rows.append([$0.text(of: 0), $0.text(of: 1)]) }
        #expect(rows.first == ["Söhne", "=1"])

        var plain: [UInt8] = []
        CSVWriter().begin(&plain)
        #expect(plain.isEmpty)
    }

    @Test(
        "A line that names the separator is skipped above the header, and nowhere else",
        arguments: ["sep=;", "\"sep=;\""]
    )
    func separatorLine(line: String) throws {
        var rows: [[String]] = []
        var reader = CSVReader(required: ["a", "b"])
        try reader.read(Array("\(line)\r\nb;a\r\n1;2\r\nsep=;\r\n".utf8)) {
            rows.append([$0.text(of: 0), $0.text(of: 1)])
        }
        try reader.finish { rows.append([$0.text(of: 0), $0.text(of: 1)]) }
        #expect(rows == [["2", "1"], ["", "sep="]])
    }
}
