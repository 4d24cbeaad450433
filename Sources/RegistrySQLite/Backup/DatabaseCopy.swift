import Foundation
import GRDB
import Registry

/// A copy of a database on its way to its place: whole and durable before it gets its name.
final class DatabaseCopy {
    let path: String
    /// Held while the copy is made, so that two do not write the same file.
    private let descriptor: Int32

    /// Makes the file, mode 0600. One that an interrupted copy left behind is begun anew.
    /// - Throws: `Refusal` with `registry.busy` while another process makes this copy.
    init(at path: String) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXFile.refusal(.registryReadOnly, "create", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, ftruncate(descriptor, 0) == 0, fchmod(descriptor, 0o600) == 0
        else {
            let refusal = POSIXFile.refusal(.registryBusy, "write", path)
            close(descriptor)
            throw refusal
        }
    }

    deinit {
        // A child between fork and exec may hold a copy of the descriptor, and with it the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Copies `source` through SQLite's own backup, as one file without a log.
    /// - Returns: where the copy's ledger ends.
    func take(from source: DatabaseQueue) throws -> AuditHead? {
        let destination = try Connection.single(path)
        defer { try? destination.close() }
        try destination.writeWithoutTransaction { database in
            // The file has no name yet that anybody relies on, and is synced as a whole.
            try database.execute(sql: "PRAGMA synchronous = OFF")
            try source.read { try $0.backup(to: database) }
            try database.execute(sql: "PRAGMA journal_mode = DELETE")
        }
        return try destination.read { try SQLiteSession(database: $0).auditHead() }
    }

    /// Runs `body` on the copy.
    func read<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        let reader = try Connection.reader(ofFile: path)
        defer { try? reader.close() }
        return try reader.read(body)
    }

    /// Makes the copy durable and names it `name`.
    /// - Returns: its size in bytes.
    func finish(as name: String, orRefuse code: RefusalCode) throws -> Int {
        let size = try makeDurable()
        try POSIXFile.moveIntoPlace(path, name, orRefuse: code)
        try POSIXFile.sync(Self.directory(of: name))
        return size
    }

    /// Makes the copy durable and puts it where `name` is now.
    func replace(_ name: String) throws {
        _ = try makeDurable()
        guard rename(path, name) == 0 else { throw POSIXFile.refusal(.registryInputOutput, "replace", name) }
        try POSIXFile.sync(Self.directory(of: name))
    }

    func discard() {
        unlink(path)
        for suffix in ["-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }

    private func makeDurable() throws -> Int {
        var status = stat()
        guard fsync(descriptor) == 0, fstat(descriptor, &status) == 0 else {
            throw POSIXFile.refusal(errno == ENOSPC ? .registryFull : .registryInputOutput, "write", path)
        }
        return Int(status.st_size)
    }

    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
