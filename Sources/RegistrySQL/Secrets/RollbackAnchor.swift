import Crypto
import FoundationEssentials
import Glibc
package import Registry

/// The highest seal that was ever committed, kept outside the database, so that a restored backup shows.
///
/// The file is two authenticated lines, `seal hash mac`, of which the higher counts. A new position is written over
/// the lower one: whatever becomes of the write, the other is whole. It is written after a commit without a sync of its
/// own: it may lag behind the database, never lead it.
package struct RollbackAnchor: Sendable {
    package let path: String
    private let key: RegistryKey

    package init(path: String, key: RegistryKey) {
        self.path = path
        self.key = key
    }

    package struct Position: Hashable, Sendable {
        /// The seal's number; 0 for nothing committed yet.
        package let seal: Int64
        package let hash: [UInt8]

        package init(seal: Int64, hash: [UInt8]) {
            self.seal = seal
            self.hash = hash
        }
    }

    /// What the file says.
    package enum Reading: Hashable, Sendable {
        case position(Position)
        /// The file is missing or not authentic; why, as a sentence.
        case unusable(String)
    }

    /// - Throws: `Refusal` with `registry.unreadable` or `registry.input-output` when the system does not give what the
    ///   file says, which is no reason to begin a new one.
    package func reading() throws -> Reading {
        guard let descriptor = try POSIXFile.open(path, O_RDONLY) else {
            return .unusable("The anchor \(path) is missing.")
        }
        defer { close(descriptor) }
        try lock(descriptor, LOCK_SH)
        let lines = Lines(try POSIXFile.read(descriptor, limit: 2 * Self.lineLength + 1, path), parse)
        return lines?.highest.map(Reading.position)
            ?? .unusable("The anchor \(path) is not what this registry wrote.")
    }

    package func create() throws {
        try POSIXFile.create(path, bytes(of: Position(seal: 0, hash: AuditEntry.genesisHash)))
    }

    /// Moves the anchor forward; a position behind the anchor leaves it where it is.
    ///
    /// So does an anchor that is missing or not authentic: only an accepted rollback begins it anew.
    package func advance(to position: Position) throws {
        guard let descriptor = try POSIXFile.open(path, O_RDWR, orRefuse: .registryReadOnly) else { return }
        defer { close(descriptor) }
        try lock(descriptor, LOCK_EX)
        let lines = Lines(try POSIXFile.read(descriptor, limit: 2 * Self.lineLength + 1, path), parse)
        guard let lines, let highest = lines.highest, highest.seal < position.seal else { return }
        try POSIXFile.writeAll(line(position), to: descriptor, at: lines.spare * Self.lineLength, path)
    }

    /// Puts the anchor at `position`, also backwards: for an accepted rollback.
    package func reset(to position: Position) throws {
        try POSIXFile.replace(path, bytes(of: position))
        // It is in its place. Should a power cut bring the one from before back, the rollback is accepted once more.
        try? POSIXFile.syncDirectory(POSIXFile.directory(of: path))
    }

    /// The two positions of the file.
    private struct Lines {
        private let positions: [Position?]

        /// Nil for a file of another length.
        init?(_ bytes: [UInt8], _ parse: (ArraySlice<UInt8>) -> Position?) {
            guard bytes.count == 2 * RollbackAnchor.lineLength else { return nil }
            positions = [
                parse(bytes.prefix(RollbackAnchor.lineLength)), parse(bytes.suffix(RollbackAnchor.lineLength)),
            ]
        }

        var highest: Position? {
            positions.compactMap(\.self).max { $0.seal < $1.seal }
        }

        /// The line that can be written over: not the one with the highest position.
        var spare: Int { positions[0] == highest ? 1 : 0 }
    }

    private func lock(_ descriptor: Int32, _ operation: Int32) throws {
        while flock(descriptor, operation) != 0 {
            guard errno == EINTR else { throw POSIXFile.refusal(.registryInputOutput, "lock", path, errno) }
        }
    }

    private func bytes(of position: Position) -> [UInt8] {
        line(position) + line(position)
    }

    /// 19 digits, two hashes in hexadecimal, two blanks and the line's end.
    private static let lineLength = 19 + 64 + 64 + 3

    private func line(_ position: Position) -> [UInt8] {
        let digits = String(position.seal)
        let text = String(repeating: "0", count: 19 - digits.count) + digits + " " + position.hash.hexadecimal
        return Array("\(text) \(mac(text).hexadecimal)\n".utf8)
    }

    private func parse(_ bytes: ArraySlice<UInt8>) -> Position? {
        let fields = String(decoding: bytes, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard fields.count == 3, let seal = Int64(fields[0]), let hash = bytesOf(hexadecimal: fields[1]),
            mac("\(fields[0]) \(fields[1])").hexadecimal == fields[2]
        else { return nil }
        return Position(seal: seal, hash: hash)
    }

    private func mac(_ text: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key.anchor))
    }

    private func bytesOf(hexadecimal text: Substring) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = text
        while let first = rest.popFirst(), let second = rest.popFirst() {
            guard let byte = UInt8("\(first)\(second)", radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

extension RollbackAnchor.Position {
    package init(_ seal: Seal) {
        self.init(seal: seal.number, hash: seal.hash)
    }
}
