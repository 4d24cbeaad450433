import Glibc
import Registry
import RegistrySQL

/// A lock on a registry's directory: shared while a process has the registry open, exclusive while it is made or
/// replaced. The kernel lets go of it when the process ends, however it ends.
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // A child between fork and exec may hold a copy of the descriptor, and with it the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Waits while the registry is being made or replaced.
    static func shared(_ directory: RegistryDirectory) throws -> DirectoryLock {
        let descriptor = try open(directory)
        guard lock(descriptor, LOCK_SH) else { throw failure(descriptor, directory) }
        return DirectoryLock(descriptor: descriptor)
    }

    /// - Returns: nil while any process has the registry open.
    static func exclusive(_ directory: RegistryDirectory) throws -> DirectoryLock? {
        let descriptor = try open(directory)
        if lock(descriptor, LOCK_EX | LOCK_NB) { return DirectoryLock(descriptor: descriptor) }
        guard errno == EWOULDBLOCK else { throw failure(descriptor, directory) }
        close(descriptor)
        return nil
    }

    /// Makes the names that were added to the directory durable.
    func sync() throws {
        guard fsync(descriptor) == 0 else {
            throw Refusal(.registryInputOutput, "The registry's directory could not be written to the disk.")
        }
    }

    private static func open(_ directory: RegistryDirectory) throws -> Int32 {
        let descriptor = Glibc.open(directory.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXFile.refusal(.registryUnreadable, "open", directory.path, errno) }
        return descriptor
    }

    private static func lock(_ descriptor: Int32, _ operation: Int32) -> Bool {
        while flock(descriptor, operation) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }

    private static func failure(_ descriptor: Int32, _ directory: RegistryDirectory) -> Refusal {
        let refusal = POSIXFile.refusal(.registryInputOutput, "lock", directory.path, errno)
        close(descriptor)
        return refusal
    }
}
