import Glibc

/// Gives the requests of a file one after another, as they go over the wire.
struct RequestSource {
    private let text: [UInt8]
    private var position = 0
    private let repeats: Bool
    private let hasKeys: Bool
    private var count = 0
    /// Makes the idempotency keys of this run its own.
    private let run = String(UInt64.random(in: .min ... .max), radix: 36)

    init(file: String, repeats: Bool, hasKeys: Bool) throws(Fault) {
        text = try Self.read(file)
        guard !text.isEmpty else { throw Fault("\(file) is empty") }
        self.repeats = repeats
        self.hasKeys = hasKeys
    }

    /// Appends the next request to `buffer`.
    /// - Returns: false when there is none.
    mutating func next(into buffer: inout [UInt8]) -> Bool {
        if position >= text.count {
            guard repeats else { return false }
            position = 0
        }
        let end = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
        let parts = text[position..<end].split(separator: UInt8(ascii: " "), maxSplits: 2)
        position = end + 1
        guard parts.count >= 2 else { return next(into: &buffer) }
        count += 1
        buffer += parts[0]
        buffer.append(UInt8(ascii: " "))
        buffer += parts[1]
        buffer += " HTTP/1.1\r\nHost: localhost\r\n".utf8
        if hasKeys { buffer += "Idempotency-Key: \(run)-\(count)\r\n".utf8 }
        if parts.count == 3 {
            buffer += "Content-Type: application/json\r\nContent-Length: \(parts[2].count)\r\n\r\n".utf8
            buffer += parts[2]
        } else {
            buffer += "\r\n".utf8
        }
        return true
    }

    private static func read(_ path: String) throws(Fault) -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Fault("cannot open \(path)") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        rewind(file)
        return [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, count in
            count = fread(buffer.baseAddress, 1, buffer.count, file)
        }
    }
}
