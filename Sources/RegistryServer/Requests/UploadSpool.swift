import Registry
import RegistryAPI
import Synchronization

/// Where uploaded files are kept while they are read, and how much of it anybody may have.
final class UploadSpool: Sendable {
    let directory: String
    private let limits: ServerLimits
    private let state = Mutex((files: Shares(), bytes: Shares()))

    init(directory: String, limits: ServerLimits) {
        self.directory = directory
        self.limits = limits
    }

    /// Makes sure, when the daemon starts, that files can be kept at all; a full disk may have room later.
    /// - Throws: `ConfigurationFault`.
    func check() throws {
        do {
            _ = try file(for: 0)
        } catch let refusal as Refusal where refusal.code != .registryFull {
            throw ConfigurationFault("\(refusal.detail) Set spool to a directory where they can.")
        }
    }

    /// A file for an upload of `user`.
    /// - Throws: `RequestProblem` when too many are under way; `Refusal` when the disk does not take it.
    func file(for user: UInt32) throws -> SpooledFile {
        try state.withLock { state in
            guard state.files[user] < limits.uploadsAtOncePerUser else {
                throw RequestProblem(
                    .tooManyRequests,
                    "\(limits.uploadsAtOncePerUser) files of yours are being uploaded already; wait for their answers."
                )
            }
            guard state.files.all < limits.uploadsAtOnce else {
                throw RequestProblem(
                    .tooManyRequests,
                    "\(limits.uploadsAtOnce) files are being uploaded; try again later."
                )
            }
            state.files.add(1, of: user)
        }
        do {
            return try SpooledFile(in: self, of: user)
        } catch {
            give(back: 0, of: user)
            throw error
        }
    }

    /// Counts `bytes` that are to be kept for an upload of `user`: half of all for one user at most.
    /// - Parameter free: bytes that are free where the files are kept, and of how many.
    /// - Throws: `RequestProblem`; `Refusal` when what is kept free for the registry would be touched.
    func take(_ bytes: Int, of user: UInt32, free: (available: Int, total: Int)) throws {
        guard free.available - bytes >= min(limits.spoolReserve, free.total / 10) else {
            throw Refusal(
                .registryFull,
                "The uploaded file cannot be kept: too little is free in \(directory), and the rest is for the registry."
            )
        }
        try state.withLock { state in
            guard state.bytes.has(bytes, of: user, within: limits.spoolSize, perUser: limits.spoolSize / 2) else {
                throw RequestProblem(.tooManyRequests, "Too much is being uploaded at once; try again later.")
            }
            state.bytes.add(bytes, of: user)
        }
    }

    /// An upload of `user` has ended, for which so many bytes were taken.
    func give(back bytes: Int, of user: UInt32) {
        state.withLock { state in
            state.files.add(-1, of: user)
            state.bytes.add(-bytes, of: user)
        }
    }
}
