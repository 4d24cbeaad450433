import Crypto
import Glibc
import NIOCore
import Registry
import RegistryAPI

/// An uploaded file on its way: without a name on the disk, so that nothing of it is left, whatever happens.
///
/// `@unchecked Sendable`: it is written by one request, and only read (at given offsets) once it is handed over.
final class SpooledFile: @unchecked Sendable {
    /// `O_TMPFILE`, which the importer does not know.
    private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY

    private let descriptor: Int32
    private(set) var count = 0
    private var hasher = SHA256()

    /// - Throws: `Refusal`.
    init(in directory: String) throws {
        descriptor = open(directory, Self.unnamed | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.refusal("be kept in \(directory)") }
    }

    deinit {
        close(descriptor)
    }

    /// - Throws: `Refusal`.
    func append(_ buffer: ByteBuffer) throws {
        try buffer.withUnsafeReadableBytes { bytes in
            hasher.update(bufferPointer: bytes)
            var written = 0
            while written < bytes.count {
                let result = pwrite(
                    descriptor,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written,
                    off_t(count + written)
                )
                guard result > 0 else {
                    if errno == EINTR { continue }
                    throw Self.refusal("be kept")
                }
                written += result
            }
        }
        count += buffer.readableBytes
    }

    func uploadedFile(named name: String) -> UploadedFile {
        UploadedFile(name: name, digest: Array(hasher.finalize()).hexadecimal) { SpooledChunks(file: self) }
    }

    fileprivate func read(at offset: Int, limit: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
            let result = pread(descriptor, buffer.baseAddress, limit, off_t(offset))
            guard result >= 0 else { throw Self.refusal("be read again") }
            initialized = result
        }
    }

    private static func refusal(_ what: String) -> Refusal {
        let reason = String(cString: strerror(errno))
        let code: RefusalCode = errno == ENOSPC || errno == EDQUOT ? .registryFull : .registryInputOutput
        return Refusal(code, "The uploaded file cannot \(what): \(reason).")
    }
}

private struct SpooledChunks: ChunkSource {
    let file: SpooledFile
    var offset = 0

    init(file: SpooledFile) {
        self.file = file
    }

    mutating func next() throws -> [UInt8]? {
        let bytes = try file.read(at: offset, limit: 1 << 16)
        offset += bytes.count
        return bytes.isEmpty ? nil : bytes
    }
}
