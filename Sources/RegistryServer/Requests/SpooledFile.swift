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
    private let spool: UploadSpool
    private let user: UInt32
    /// Bytes that were asked of the spool.
    private var taken = 0
    private(set) var count = 0
    private var hasher = SHA256()

    /// - Throws: `Refusal`.
    init(in spool: UploadSpool, of user: UInt32) throws {
        descriptor = open(spool.directory, Self.unnamed | O_RDWR | O_CLOEXEC, 0o600)
        let error = errno
        self.spool = spool
        self.user = user
        guard descriptor >= 0 else { throw Self.refusal(error, "be kept in \(spool.directory)", "Uploaded files") }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        spool.give(back: taken, of: user)
    }

    /// - Throws: `Refusal`; `RequestProblem` when too much is being uploaded.
    func append(_ buffer: ByteBuffer) throws {
        while count + buffer.readableBytes > taken {
            try spool.take(Self.step, of: user, free: try freeSpace())
            taken += Self.step
        }
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
                let error = errno
                guard result > 0 else {
                    if result < 0, error == EINTR { continue }
                    throw Self.refusal(result < 0 ? error : ENOSPC, "be kept")
                }
                written += result
            }
        }
        count += buffer.readableBytes
    }

    /// What is asked of the spool at a time, in bytes.
    private static let step = 1 << 20

    private func freeSpace() throws -> (available: Int, total: Int) {
        var figures = statvfs()
        guard fstatvfs(descriptor, &figures) == 0 else { throw Self.refusal(errno, "be kept") }
        let size = Int(figures.f_frsize)
        return (Int(clamping: figures.f_bavail) * size, Int(clamping: figures.f_blocks) * size)
    }

    func uploadedFile(named name: String) -> UploadedFile {
        UploadedFile(name: name, digest: Array(hasher.finalize()).hexadecimal) { SpooledChunks(file: self) }
    }

    fileprivate func read(at offset: Int, limit: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
            let result = pread(descriptor, buffer.baseAddress, limit, off_t(offset))
            guard result >= 0 else { throw Self.refusal(errno, "be read again") }
            initialized = result
        }
    }

    /// - Parameter error: taken right after the call that failed, and before anything else.
    private static func refusal(_ error: Int32, _ what: String, _ subject: String = "The uploaded file") -> Refusal {
        let reason = String(cString: strerror(error))
        let code: RefusalCode = error == ENOSPC || error == EDQUOT ? .registryFull : .registryInputOutput
        return Refusal(code, "\(subject) cannot \(what): \(reason).")
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
