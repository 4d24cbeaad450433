extension ActivationCode {
    /// `text` with every code in it masked, for whatever is printed, logged or recorded.
    ///
    /// A code has the shape that ``init(parsing:)`` reads: 25 letters and digits in groups of five. Where dashes stand
    /// between all the groups, any letters will do. Where they do not, at most three of the 25 may be outside
    /// Microsoft's ``alphabet``: enough for slips such as O for 0, too few for words of any language. Fullwidth letters
    /// and digits count as the ASCII ones.
    public static func masking(_ text: String) -> String {
        guard mayHoldCode(text) else { return text }
        let scalars = Array(text.unicodeScalars)
        let codes = codes(in: scalars)
        guard !codes.isEmpty else { return text }
        var result = String.UnicodeScalarView()
        var end = 0
        for code in codes {
            result.append(contentsOf: scalars[end..<code.start])
            let last = scalars[(code.end - 5)..<code.end].map { Character(folded($0) ?? $0) }
            result.append(contentsOf: masked(lastGroup: String(last)).unicodeScalars)
            end = code.end
        }
        result.append(contentsOf: scalars[end...])
        return String(result)
    }

    /// Whether ``masking(_:)`` would find a code in `text`.
    public static func stands(in text: String) -> Bool {
        mayHoldCode(text) && !codes(in: Array(text.unicodeScalars)).isEmpty
    }

    /// The first `limit` characters of `text`, masked before it is cut: a cut code would not be known as one.
    public static func excerpt(of text: some StringProtocol, _ limit: Int) -> Substring {
        masking(String(text)).prefix(limit)
    }

    /// A look at the bytes, since hardly any text holds a code: true where runs of letters and digits, each as long as
    /// some groups, add up to a code, and for what is not ASCII and could be a letter.
    private static func mayHoldCode(_ text: String) -> Bool {
        guard text.utf8.count >= 25 else { return false }
        var (run, sum) = (0, 0)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                run += 1
            case 0xEF: return true
            case UInt8(ascii: "-"), UInt8(ascii: "_"), 0...0x20, 0x80...:
                sum = run == 0 ? sum : run % 5 == 0 ? sum + run : 0
                if sum >= 25 { return true }
                run = 0
            default:
                if run % 5 == 0, sum + run >= 25 { return true }
                (run, sum) = (0, 0)
            }
        }
        return run % 5 == 0 && sum + run >= 25
    }

    /// A run of letters and digits.
    private struct Run {
        let start: Int
        let end: Int
        /// Of its characters, those outside Microsoft's alphabet.
        let strangers: Int
        /// Whether nothing but separators stands between it and the run before.
        let isJoined: Bool
        /// Whether a dash is among them.
        let isDashed: Bool

        var count: Int { end - start }
    }

    /// Where the codes are, in order; those that overlap are one.
    private static func codes(in scalars: [Unicode.Scalar]) -> [(start: Int, end: Int)] {
        let runs = runs(in: scalars)
        var dashed: [(start: Int, end: Int)] = []
        var others: [(start: Int, end: Int)] = []
        for first in runs.indices {
            var (count, strangers, isDashed, last) = (0, 0, true, first)
            while last < runs.count, runs[last].count % 5 == 0, last == first || runs[last].isJoined {
                count += runs[last].count
                strangers += runs[last].strangers
                isDashed = isDashed && runs[last].count == 5 && (last == first || runs[last].isDashed)
                guard count < 25 else { break }
                last += 1
            }
            guard count == 25, isDashed || strangers <= 3 else { continue }
            let code = (start: runs[first].start, end: runs[last].end)
            if isDashed { dashed.append(code) } else { others.append(code) }
        }
        // A word of five letters before a code with dashes is no part of it.
        others.removeAll { other in dashed.contains { $0.start < other.end && other.start < $0.end } }
        return (dashed + others).sorted { $0.start < $1.start }.reduce(into: []) { codes, code in
            if let last = codes.last, code.start < last.end {
                codes[codes.count - 1].end = code.end
            } else {
                codes.append(code)
            }
        }
    }

    private static func runs(in scalars: [Unicode.Scalar]) -> [Run] {
        var runs: [Run] = []
        var (index, isJoined, isDashed) = (0, false, false)
        while index < scalars.count {
            let start = index
            var strangers = 0
            while index < scalars.count, let scalar = folded(scalars[index]) {
                if scalar != "N", !alphabet.contains(scalar) { strangers += 1 }
                index += 1
            }
            if index > start {
                runs.append(
                    Run(start: start, end: index, strangers: strangers, isJoined: isJoined, isDashed: isDashed)
                )
                (isJoined, isDashed) = (true, false)
            } else {
                isJoined = isJoined && isSeparator(scalars[index])
                isDashed = isDashed || !scalars[index].properties.isWhitespace
                index += 1
            }
        }
        return runs
    }

    /// The upper-case ASCII letter or digit that `scalar` stands for; nil for anything else.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0xFF01...0xFF5E).contains(scalar.value) else { return normalized(scalar) }
        return Unicode.Scalar(scalar.value - 0xFEE0).flatMap(normalized)
    }
}
