import Crypto
import Registry
import RegistryAPI

extension UploadedFile {
    /// The file at `path`, or standard input for `-`, which is read into memory.
    /// - Throws: `Refusal` with `file.unreadable` when it cannot be read.
    init(path: String) throws {
        if path == "-" {
            let bytes = try InputFile.contents(of: path)
            self.init(name: "standard input", digest: Array(SHA256.hash(data: bytes)).hexadecimal) {
                BytesSource(bytes: bytes)
            }
            return
        }
        var source = try FileSource(path: path, digest: nil)
        var size = 0
        while let piece = try source.next() { size += piece.count }
        let digest = source.digest
        self.init(name: path, digest: digest.hexadecimal) { try FileSource(path: path, digest: digest) }
        self.size = size
    }
}

/// Bytes in memory, as one piece.
private struct BytesSource: ChunkSource {
    var bytes: [UInt8]?

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() throws -> [UInt8]? {
        defer { bytes = nil }
        return bytes
    }
}

/// A file, in pieces.
private struct FileSource: ChunkSource {
    private let file: InputFile
    private let path: String
    private let expected: [UInt8]?
    private var hasher = SHA256()

    /// Of what was read so far.
    var digest: [UInt8] { Array(hasher.finalize()) }

    /// - Parameter digest: what its bytes have to hash to; a file may be written to between two readings.
    init(path: String, digest: [UInt8]?) throws {
        file = try InputFile(path: path)
        self.path = path
        expected = digest
    }

    mutating func next() throws -> [UInt8]? {
        if let piece = try file.next() {
            hasher.update(data: piece)
            return piece
        }
        guard expected == nil || expected == digest else {
            throw Refusal.cannotReadFile(path, "it changed while it was being read")
        }
        return nil
    }
}
