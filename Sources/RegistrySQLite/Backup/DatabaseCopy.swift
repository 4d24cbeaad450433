import Glibc
import Registry
import RegistrySQL

/// A copy of a database on its way to its place: whole and durable before it gets its name.
final class DatabaseCopy {
    private let file: TemporaryFile
    /// What the copy is to become, which is what a person knows.
    private let target: String

    /// Makes the file, in the directory of what it is to become.
    /// - Parameter ownedAsDirectory: whether it belongs to whom the directory belongs to, also when root makes it.
    init(for target: String, ownedAsDirectory: Bool) throws {
        self.target = target
        file = try TemporaryFile(beside: target, ownedAsDirectory: ownedAsDirectory)
    }

    /// Copies `source` through SQLite's own backup, as one file without a log.
    /// - Parameter progress: is told now and then how many pages have been copied, and of how many.
    /// - Returns: the copy's last seal.
    func take(from source: Database, progress: (Int, Int) -> Void = { _, _ in }) throws -> Seal? {
        let destination = try Connection.single(file.path)
        defer { destination.close() }
        // SQLite opens files by their paths alone.
        try file.requireOpenedAgain()
        // The file has no name yet that anybody relies on, and is synced as a whole.
        try destination.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")
        let seal = try source.reading {
            try source.copy(to: destination, progress: progress)
            return try SQLSession(database: source).lastSeal()
        }
        destination.close()
        // The header's two bytes that say whether there is a log beside the file.
        try POSIXFile.writeAll([1, 1], to: file.descriptor, at: 18, target)
        try file.requireOurs()
        return seal
    }

    /// Runs `body` on the copy.
    func read<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        let reader = try Connection.reader(ofFile: file.path, isImmutable: true)
        defer { reader.close() }
        return try reader.reading { try body(reader) }
    }

    /// Makes the copy durable and names it `name`.
    /// - Returns: its size in bytes.
    /// - Throws: `Refusal`; then there is no file of this name, unless the code is `registry.outcome-unknown`.
    func finish(as name: String, orRefuse code: RefusalCode) throws -> Int {
        let size = try makeDurable()
        try file.giveName(name, orRefuse: code)
        do {
            try POSIXFile.syncDirectory(POSIXFile.directory(of: name))
        } catch {
            if unlink(name) == 0 { throw error }
            throw Refusal(
                .registryOutcomeUnknown,
                "The backup \(name) is complete, but the disk failed when its name was to be made durable: after a "
                    + "power cut it may be gone. Check that it is there before you rely on it."
            )
        }
        return size
    }

    /// Makes the copy durable and puts it where `name` is now.
    /// - Throws: `Refusal`; then nothing was replaced, unless the code is `registry.outcome-unknown`.
    func replace(_ name: String) throws {
        _ = try makeDurable()
        try file.replace(name)
        do {
            try POSIXFile.syncDirectory(POSIXFile.directory(of: name))
        } catch {
            throw Refusal(
                .registryOutcomeUnknown,
                "The backup has replaced the database, but the disk failed when that was to be made durable: "
                    + "after a power cut the database from before may be back. When the disk works again, 'tokenctl "
                    + "status' says which ledger is there."
            )
        }
    }

    func discard() {
        file.discard()
    }

    private func makeDurable() throws -> Int {
        var status = stat()
        guard fsync(file.descriptor) == 0, fstat(file.descriptor, &status) == 0 else {
            let number = errno
            throw POSIXFile.refusal(number == ENOSPC ? .registryFull : .registryInputOutput, "write", target, number)
        }
        return Int(status.st_size)
    }
}
