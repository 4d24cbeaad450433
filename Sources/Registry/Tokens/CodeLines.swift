/// On which line of a file each code stands.
struct CodeLines {
    /// By the first half of the code's lookup, so that a million of them need some 40 MB.
    private var lines: [UInt128: UInt32] = [:]

    subscript(lookup: CodeLookup) -> UInt32? { lines[Self.half(lookup)] }

    mutating func add(_ lookup: CodeLookup, _ line: Int) {
        lines[Self.half(lookup)] = UInt32(clamping: line)
    }

    private static func half(_ lookup: CodeLookup) -> UInt128 {
        lookup.bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
}
