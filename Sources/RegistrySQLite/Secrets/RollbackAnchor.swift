import Crypto
import Foundation
import Registry

/// The highest ledger row that was ever committed, kept outside the database, so that a restored backup shows.
///
/// The file is one authenticated line: `sequence hash mac`. It is written after a commit without a sync of its
/// own: it may lag behind the database, never lead it.
struct RollbackAnchor: Sendable {
    let path: String
    let key: RegistryKey

    struct Position: Hashable, Sendable {
        let sequence: Int64
        let hash: [UInt8]
    }

    /// What the file says.
    enum Reading: Hashable, Sendable {
        case position(Position)
        /// The file is missing, cannot be read or is not authentic; why, as a sentence.
        case unusable(String)
    }

    func reading() -> Reading {
        do {
            guard let bytes = try POSIXFile.read(path) else { return .unusable("The anchor \(path) is missing.") }
            return parse(bytes).map(Reading.position)
                ?? .unusable("The anchor \(path) is not what this registry wrote.")
        } catch {
            return .unusable((error as? Refusal)?.detail ?? "The anchor \(path) cannot be read.")
        }
    }

    func create() throws {
        let start = Position(sequence: 0, hash: AuditEntry.genesisHash)
        try POSIXFile.create(path, line(start), mode: 0o600)
    }

    /// Moves the anchor forward; a position behind the anchor leaves it where it is.
    ///
    /// So does an anchor that is missing or not authentic: only an accepted rollback begins it anew.
    func advance(to position: Position) throws {
        try update(flags: O_RDWR) { current in
            current.flatMap { $0.sequence < position.sequence ? position : nil }
        }
    }

    /// Puts the anchor at `position`, also backwards: for an accepted rollback.
    func reset(to position: Position) throws {
        try update(flags: O_RDWR | O_CREAT) { _ in position }
    }

    private func update(flags: Int32, _ change: (Position?) -> Position?) throws {
        let descriptor = Foundation.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXFile.refusal(.registryReadOnly, "open", path) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { throw POSIXFile.refusal(.registryInputOutput, "lock", path) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let current = count > 0 ? parse(Array(bytes.prefix(count))) : nil
        guard let next = change(current) else { return }
        let line = line(next)
        try POSIXFile.writeAll(line, to: descriptor, path)
        // Only what somebody else wrote has another length.
        if count > line.count { ftruncate(descriptor, off_t(line.count)) }
    }

    /// Always the same length, so that one write replaces it whole.
    private func line(_ position: Position) -> [UInt8] {
        let digits = String(position.sequence)
        let text = String(repeating: "0", count: 19 - digits.count) + digits + " " + position.hash.hexadecimal
        return Array("\(text) \(mac(text).hexadecimal)\n".utf8)
    }

    private func parse(_ bytes: [UInt8]) -> Position? {
        let fields = String(decoding: bytes, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard fields.count == 3, let sequence = Int64(fields[0]), let hash = bytesOf(hexadecimal: fields[1]),
            mac("\(fields[0]) \(fields[1])").hexadecimal == fields[2]
        else { return nil }
        return Position(sequence: sequence, hash: hash)
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
