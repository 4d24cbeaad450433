#if PostgreSQL
/// Writes the parameters of a statement as PostgreSQL has them: `?` and `?1` become `$1`.
///
/// As in SQLite, a bare `?` takes the number after the highest before it. What stands in quotes or comments stays as it is.
struct Placeholders {
    /// The statement with `$1`, `$2`…
    let text: String
    /// The highest number: how many arguments it takes.
    let count: Int

    init(_ sql: String) {
        var scanner = Scanner(bytes: Array(sql.utf8))
        scanner.run()
        text = String(decoding: scanner.output, as: UTF8.self)
        count = scanner.highest
    }

    private struct Scanner {
        let bytes: [UInt8]
        var output: [UInt8] = []
        var position = 0
        var highest = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
            output.reserveCapacity(bytes.count + 16)
        }

        private func byte(_ offset: Int = 0) -> UInt8? {
            position + offset < bytes.count ? bytes[position + offset] : nil
        }

        private mutating func copy(_ count: Int = 1) {
            let end = min(position + count, bytes.count)
            output += bytes[position..<end]
            position = end
        }

        mutating func run() {
            while let byte = byte() {
                switch (byte, self.byte(1)) {
                case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _): copyQuoted(by: byte)
                case (UInt8(ascii: "-"), UInt8(ascii: "-")): copyLine()
                case (UInt8(ascii: "/"), UInt8(ascii: "*")): copyComment()
                case (UInt8(ascii: "?"), _), (UInt8(ascii: "$"), _): copyParameter()
                default: copy()
                }
            }
        }

        /// A quote within stands there twice, which reads as the end of one and the begin of another.
        private mutating func copyQuoted(by quote: UInt8) {
            copy()
            while let byte = byte(), byte != quote { copy() }
            copy()
        }

        private mutating func copyLine() {
            while let byte = byte(), byte != UInt8(ascii: "\n") { copy() }
        }

        /// PostgreSQL's comments may stand in one another.
        private mutating func copyComment() {
            var depth = 0
            repeat {
                switch (byte(), byte(1)) {
                case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                    depth += 1
                    copy(2)
                case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                    depth -= 1
                    copy(2)
                default: copy()
                }
            } while depth > 0 && position < bytes.count
        }

        private mutating func copyParameter() {
            let isBare = byte() == UInt8(ascii: "?")
            position += 1
            var number = 0
            let start = position
            while let byte = byte(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), number < 100_000 {
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
                position += 1
            }
            output.append(UInt8(ascii: "$"))
            if position == start {
                // A lone `$` begins something that is no parameter.
                guard isBare else { return }
                number = highest + 1
            }
            highest = max(highest, number)
            output += Array(String(number).utf8)
        }
    }
}
#endif
