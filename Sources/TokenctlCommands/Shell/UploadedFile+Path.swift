import Crypto
import Foundation
import Registry
import RegistryAPI

extension UploadedFile {
    /// The file at `path`, or standard input for `-`, which is read into memory.
    /// - Throws: `Refusal` with `file.unreadable` when it cannot be read.
    init(path: String) throws {
        if path == "-" {
            let bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
            self.init(name: "standard input", digest: Array(SHA256.hash(data: bytes)).hexadecimal) {
                BytesSource(bytes: bytes)
            }
            return
        }
        var source = try FileSource(path: path)
        var hasher = SHA256()
        while let chunk = try source.next() { hasher.update(data: chunk) }
        self.init(name: path, digest: Array(hasher.finalize()).hexadecimal) { try FileSource(path: path) }
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

/// A file, in pieces of 256 KiB.
private struct FileSource: ChunkSource {
    private let handle: FileHandle
    private let path: String

    init(path: String) throws {
        do {
            handle = try InputFile(path: path).handle
        } catch {
            throw Refusal.cannotReadFile(path, error.reason)
        }
        self.path = path
    }

    mutating func next() throws -> [UInt8]? {
        do {
            guard let data = try handle.read(upToCount: 262_144), !data.isEmpty else { return nil }
            return Array(data)
        } catch {
            throw Refusal.cannotReadFile(path, String(cString: strerror(errno)))
        }
    }
}
