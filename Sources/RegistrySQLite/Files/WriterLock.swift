import Glibc
import Registry
import RegistrySQL

/// The lock that a process holds while it writes, from before its transaction begins until after SQLite's checkpoint.
///
/// SQLite before 3.51.3 can corrupt a database when one connection commits while another begins a checkpoint (the
/// WAL-reset bug). So whoever commits holds this lock, and readers never checkpoint. A writer that closes the database as
/// its last user does, under SQLite's own exclusive lock, which it gets only when nobody else has the database open.
struct WriterLock {
    let directory: RegistryDirectory

    /// Runs `body` while no other process writes.
    /// - Throws: `Refusal` with `registry.busy` when another one goes on for as long as SQLite would wait, or with what
    ///   stands in the way of the lock's file; then `body` did not run.
    func held<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let path = directory.lockPath
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            let number = errno
            throw POSIXFile.refusal(number == ENOSPC ? .registryFull : .registryReadOnly, "open", path, number)
        }
        // Which lets go of the lock, too.
        defer { close(descriptor) }
        if geteuid() == 0 { try giveToOwner(descriptor) }
        var patience = Connection.patience * 1_000
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard [EWOULDBLOCK, EINTR].contains(errno) else {
                throw POSIXFile.refusal(.registryInputOutput, "lock", path, errno)
            }
            guard patience > 0 else { throw StoreFailure.busy }
            usleep(Self.pause)
            patience -= Int32(Self.pause)
        }
        return try body()
    }

    /// Made by root, it belongs to whom the directory belongs to, as every file of a registry does.
    private func giveToOwner(_ descriptor: Int32) throws {
        var (file, owner) = (stat(), stat())
        guard fstat(descriptor, &file) == 0, stat(directory.path, &owner) == 0,
            file.st_uid == owner.st_uid || fchown(descriptor, owner.st_uid, owner.st_gid) == 0
        else { throw POSIXFile.refusal(.registryReadOnly, "create", directory.lockPath, errno) }
    }

    /// Between two attempts, in microseconds.
    private static let pause: UInt32 = 500
}
