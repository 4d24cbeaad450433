/// Makes TZif files by hand, sound ones and odd ones.
struct TZif {
    var version: UInt8 = UInt8(ascii: "2")
    var transitions: [(at: Int64, type: UInt8)] = []
    var offsets: [Int32] = [0]
    var leapSeconds = 0
    var footer: String? = "\nUTC0\n"
    /// What the 32-bit block of a version 2 file holds, which nobody should read.
    var oldOffset: Int32 = 1_234

    var bytes: [UInt8] {
        if version == 0 {
            return block(timeSize: 4, transitions: transitions, offsets: offsets, leapSeconds: leapSeconds)
        }
        return block(timeSize: 4, transitions: [], offsets: [oldOffset], leapSeconds: 0)
            + block(timeSize: 8, transitions: transitions, offsets: offsets, leapSeconds: leapSeconds)
            + Array((footer ?? "").utf8)
    }

    private func block(
        timeSize: Int,
        transitions: [(at: Int64, type: UInt8)],
        offsets: [Int32],
        leapSeconds: Int
    ) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
        for count in [1, 1, leapSeconds, transitions.count, offsets.count, 4] { bytes += bigEndian(Int64(count), 4) }
        for transition in transitions { bytes += bigEndian(transition.at, timeSize) }
        bytes += transitions.map(\.type)
        for offset in offsets { bytes += bigEndian(Int64(offset), 4) + [0, 0] }
        bytes += Array("XYZ\0".utf8)
        return bytes + [UInt8](repeating: 0, count: leapSeconds * (timeSize + 4) + 2)
    }

    private func bigEndian(_ value: Int64, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
