/// Unicode text in the letters, digits and dashes of the DNS: RFC 3492.
enum Punycode {
    private static let base = 36
    private static let lowest = 1
    private static let highest = 26

    /// The Punycode of `text`, without a prefix; nil when it is too long for any label.
    static func encode(_ text: [Unicode.Scalar]) -> String? {
        guard text.count <= 63 else { return nil }
        var output = text.filter(\.isASCII).map { UInt8($0.value) }
        var handled = output.count
        let basicCount = handled
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var codePoint = 128
        var delta = 0
        var bias = 72
        while handled < text.count {
            guard let next = text.lazy.map({ Int($0.value) }).filter({ $0 >= codePoint }).min() else { return nil }
            delta += (next - codePoint) * (handled + 1)
            codePoint = next
            for scalar in text {
                if scalar.value < codePoint { delta += 1 }
                guard scalar.value == codePoint else { continue }
                var rest = delta
                var position = base
                while true {
                    let threshold = threshold(position, bias)
                    if rest < threshold { break }
                    output.append(letter(threshold + (rest - threshold) % (base - threshold)))
                    rest = (rest - threshold) / (base - threshold)
                    position += base
                }
                output.append(letter(rest))
                bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            codePoint += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// What `bytes`, without a prefix, stand for; nil when they are not Punycode, or longer than a label.
    static func decode(_ bytes: [UInt8]) -> [Unicode.Scalar]? {
        guard !bytes.isEmpty, bytes.count <= 63, bytes.allSatisfy({ $0 < 128 }) else { return nil }
        let dash = bytes.lastIndex(of: UInt8(ascii: "-"))
        var output = bytes[..<(dash ?? 0)].map { Unicode.Scalar($0) }
        var index = dash.map { $0 + 1 } ?? 0
        var codePoint = 128
        var bias = 72
        var place = 0
        while index < bytes.count {
            let before = place
            var weight = 1
            var position = base
            while true {
                guard index < bytes.count, let digit = digit(bytes[index]) else { return nil }
                index += 1
                place += digit * weight
                let threshold = threshold(position, bias)
                if digit < threshold { break }
                weight *= base - threshold
                position += base
                // Far above any code point: the input is no Punycode, and must not overflow.
                guard place < 1 << 40, weight < 1 << 40 else { return nil }
            }
            let count = output.count + 1
            bias = adapted(place - before, count: count, isFirst: before == 0)
            codePoint += place / count
            place %= count
            guard codePoint <= 0x10_FFFF, let scalar = Unicode.Scalar(UInt32(codePoint)) else { return nil }
            output.insert(scalar, at: place)
            place += 1
        }
        return output
    }

    private static func threshold(_ position: Int, _ bias: Int) -> Int {
        min(highest, max(lowest, position - bias))
    }

    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps = 0
        while delta > ((base - lowest) * highest) / 2 {
            delta /= base - lowest
            steps += base
        }
        return steps + (base - lowest + 1) * delta / (delta + 38)
    }

    private static func letter(_ digit: Int) -> UInt8 {
        digit < 26 ? UInt8(ascii: "a") + UInt8(digit) : UInt8(ascii: "0") + UInt8(digit - 26)
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 26
        default: nil
        }
    }
}
