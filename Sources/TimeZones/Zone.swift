/// What a time zone's clocks show: its offset from UTC at any instant, from a TZif file (RFC 9636).
public struct Zone: Hashable, Sendable {
    /// Seconds since the epoch, ascending.
    private let transitions: [Int64]
    /// Seconds east of UTC: before the first transition, then after each.
    private let offsets: [Int]
    /// What holds after the last transition; nil where the last offset stays.
    private let rule: ZoneRule?

    public static let utc = Zone(transitions: [], offsets: [0], rule: nil)

    private init(transitions: [Int64], offsets: [Int], rule: ZoneRule?) {
        self.transitions = transitions
        self.offsets = offsets
        self.rule = rule
    }

    /// Reads a TZif file of any version.
    ///
    /// Nil when it is damaged, and when it counts leap seconds (those below `right/`): its instants are not POSIX time.
    public init?(tzif bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard var header = Header(&reader) else { return nil }
        if header.version >= 2 {
            guard reader.bytes(header.blockSize(timeSize: 4)) != nil, let second = Header(&reader) else { return nil }
            header = second
        }
        let timeSize = header.version >= 2 ? 8 : 4
        guard header.types > 0, header.leapSeconds == 0,
            let block = reader.bytes(header.blockSize(timeSize: timeSize))
        else { return nil }
        var fields = ByteReader(block)
        var transitions: [Int64] = []
        for _ in 0..<header.transitions {
            guard let instant = fields.integer(timeSize), instant > transitions.last ?? .min else { return nil }
            transitions.append(instant)
        }
        guard let types = fields.bytes(header.transitions) else { return nil }
        var typeOffsets: [Int] = []
        for _ in 0..<header.types {
            // The range that RFC 9636 gives an offset; then whether it is daylight saving, and its abbreviation.
            guard let offset = fields.integer(4), (-89_999...93_599).contains(offset), fields.bytes(2) != nil
            else { return nil }
            typeOffsets.append(Int(offset))
        }
        guard types.allSatisfy({ $0 < typeOffsets.count }) else { return nil }
        var rule: ZoneRule?
        if header.version >= 2 {
            guard let footer = reader.line() else { return nil }
            if !footer.isEmpty {
                rule = ZoneRule(footer)
                if rule == nil { return nil }
            }
        }
        self.init(
            transitions: transitions,
            offsets: [typeOffsets[0]] + types.map { typeOffsets[Int($0)] },
            rule: rule
        )
    }

    /// Seconds east of UTC at `second`, which counts from the epoch.
    public func offset(at second: Int64) -> Int {
        if let rule, second >= transitions.last ?? .min { return rule.offset(at: second) }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return offsets[low]
    }
}

/// The header of a TZif block.
private struct Header {
    let version: Int
    let leapSeconds: Int
    let transitions: Int
    let types: Int
    private let otherBytes: Int

    init?(_ reader: inout ByteReader) {
        guard reader.bytes(4).map({ $0.elementsEqual("TZif".utf8) }) == true, let version = reader.bytes(1)?.first,
            version == 0 || version >= UInt8(ascii: "2"), reader.bytes(15) != nil
        else { return nil }
        self.version = version == 0 ? 1 : Int(version - UInt8(ascii: "0"))
        var counts: [Int] = []
        for _ in 0..<6 {
            guard let count = reader.integer(4), count >= 0 else { return nil }
            counts.append(Int(count))
        }
        leapSeconds = counts[2]
        transitions = counts[3]
        types = counts[4]
        // Indicators of universal and of standard time, and the abbreviations.
        otherBytes = counts[0] + counts[1] + counts[5]
    }

    func blockSize(timeSize: Int) -> Int {
        transitions * (timeSize + 1) + types * 6 + leapSeconds * (timeSize + 4) + otherBytes
    }
}

/// Bytes read from front to back; nil where there are too few.
private struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Collection<UInt8>) {
        rest = ArraySlice(bytes)
    }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A signed number of 4 or 8 bytes, the highest first.
    mutating func integer(_ size: Int) -> Int64? {
        guard let bytes = bytes(size) else { return nil }
        let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }

    /// What stands between two line feeds.
    mutating func line() -> ArraySlice<UInt8>? {
        let lineFeed = UInt8(ascii: "\n")
        guard bytes(1)?.first == lineFeed, let end = rest.firstIndex(of: lineFeed) else { return nil }
        return rest[..<end]
    }
}
