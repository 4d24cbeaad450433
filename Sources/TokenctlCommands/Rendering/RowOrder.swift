import RegistryAPI

extension ListShape {
    /// The rows in the order that was asked for; rows that are equal in it stay as they stood.
    func sorted<Value: TableRow>(_ rows: [Value]) -> [Value] {
        if order.isEmpty { return rows }
        let keyed = rows.enumerated().map { index, row in
            // The answers are made of texts, numbers and lists: writing them cannot fail.
            let members = (try? WireEncoder.value(of: row))?.members ?? []
            let keys = order.map { order in members.first { $0.name == order.field }?.value ?? .null }
            return (index: index, keys: keys, row: row)
        }
        return keyed.sorted { left, right in
            for (place, order) in order.enumerated() {
                let comparison = RowOrder.compare(left.keys[place], right.keys[place], isDescending: order.isDescending)
                if comparison != 0 { return comparison < 0 }
            }
            return left.index < right.index
        }.map(\.row)
    }
}

/// How values of a field are ordered: numbers by their size, texts as people count (`T9` before `T10`) whatever the case
/// of their letters, and what is not known last.
enum RowOrder {
    /// - Returns: below zero where `left` comes first, above zero where `right` does.
    static func compare(_ left: WireValue, _ right: WireValue, isDescending: Bool) -> Int {
        switch (left == .null, right == .null) {
        case (true, true): return 0
        case (true, false): return 1
        case (false, true): return -1
        case (false, false): break
        }
        let comparison: Int
        if case .number(let first) = left, case .number(let second) = right {
            comparison = sign(Double(first) ?? 0, Double(second) ?? 0)
        } else {
            comparison = compare(left.cellText, right.cellText)
        }
        return isDescending ? -comparison : comparison
    }

    static func compare(_ left: String, _ right: String) -> Int {
        var left = Array(left.utf8)[...]
        var right = Array(right.utf8)[...]
        while let first = left.first, let second = right.first {
            if isDigit(first), isDigit(second) {
                let comparison = compareNumbers(takeDigits(&left), takeDigits(&right))
                if comparison != 0 { return comparison }
            } else {
                let comparison = sign(Int(folded(first)), Int(folded(second)))
                if comparison != 0 { return comparison }
                left.removeFirst()
                right.removeFirst()
            }
        }
        return sign(left.count, right.count)
    }

    private static func compareNumbers(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        let left = left.drop { $0 == UInt8(ascii: "0") }
        let right = right.drop { $0 == UInt8(ascii: "0") }
        if left.count != right.count { return sign(left.count, right.count) }
        for (first, second) in zip(left, right) where first != second { return sign(Int(first), Int(second)) }
        return 0
    }

    private static func takeDigits(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix(while: isDigit)
        text.removeFirst(digits.count)
        return digits
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }

    private static func sign<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }
}
