/// Which fields of a CSV file a spreadsheet would take for a formula, and how they are kept from being one.
///
/// Such a field is written with a `'` before it, and so is one that already has such quotes, so that what is read is what
/// was written. No other field begins with a `'` that is taken off: `'s-Hertogenbosch` stays as it is.
enum CSVFormula {
    private static let mark = UInt8(ascii: "'")

    /// Whether the field begins like a formula, after any number of `'`. A number such as -3 is none.
    static func isLike(_ field: String) -> Bool {
        beginsLikeOne(field.utf8) && !isNegativeNumber(field.utf8)
    }

    /// Whether the field, as it stands in a file, begins with a `'` that was put there.
    @inline(__always)
    static func isMarked(_ field: ArraySlice<UInt8>) -> Bool {
        field.first == mark && beginsLikeOne(field)
    }

    private static func beginsLikeOne(_ bytes: some Sequence<UInt8>) -> Bool {
        switch bytes.first(where: { $0 != mark }) {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"):
            true
        default: false
        }
    }

    private static func isNegativeNumber(_ bytes: String.UTF8View) -> Bool {
        let parts = bytes.dropFirst().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return bytes.first == UInt8(ascii: "-") && parts.count <= 2
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) }
    }
}
