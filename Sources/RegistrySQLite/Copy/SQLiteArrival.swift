import Glibc
package import Registry
package import RegistrySQL
import Synchronization

/// A directory that a registry is copied to. The database has another name until it is released.
package final class SQLiteArrival: RegistryArrival {
    private let files: RegistryFiles
    /// Kept until the copy is released, or until the process ends.
    private let lock = Mutex<DirectoryLock?>(nil)
    private let onNotice: @Sendable (String) -> Void

    private var directory: RegistryDirectory { files.directory }
    private var unfinishedPath: String { "\(directory.path)/registry.db.unfinished" }

    package init(_ directory: RegistryDirectory, onNotice: @escaping @Sendable (String) -> Void) {
        files = RegistryFiles(directory: directory)
        self.onNotice = onNotice
    }

    package var name: String { directory.path }

    package func requireRoom(for key: RegistryKey, first: Seal) throws {
        guard access(directory.path, F_OK) == 0 else { return }
        if try files.holdsDatabase() { throw taken("\(name) holds a registry") }
        if try files.holdsLog() { throw taken("\(name) holds the log of a registry") }
        let isBegun = FileIdentity(ofLink: unfinishedPath) != nil
        if !isBegun, try POSIXFile.read(directory.anchorPath) != nil {
            throw taken("\(name) holds the anchor of a registry")
        }
        if isBegun, let theirs = try unfinished({ try $0.seal(1) }), theirs != first { throw unfinishedOfAnother }
        guard try key.fits(at: directory.keyPath) else { throw otherKey }
    }

    package func fill(
        with key: RegistryKey,
        load: (any SQLConnection) throws -> Void,
        verify: (SQLSession) throws -> Void
    ) throws {
        do {
            try files.makeDirectory().forEach(onNotice)
            try takeLock()
            // Somebody may have made a registry there meanwhile.
            if try files.holdsDatabase() { throw taken("\(name) holds a registry") }
            guard try key.place(at: directory.keyPath) else { throw otherKey }
            unlink(unfinishedPath)
            unlink("\(unfinishedPath)-journal")
            let file = try TemporaryFile(beside: unfinishedPath)
            do {
                try file.giveName(unfinishedPath, orRefuse: .registryExists)
            } catch {
                file.discard()
                throw error
            }
            try make(key, load, verify)
            guard fsync(file.descriptor) == 0 else {
                throw POSIXFile.refusal(.registryInputOutput, "write", unfinishedPath, errno)
            }
            try POSIXFile.syncDirectory(directory.path)
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    private func make(
        _ key: RegistryKey,
        _ load: (any SQLConnection) throws -> Void,
        _ verify: (SQLSession) throws -> Void
    ) throws {
        let database = try Connection.single(unfinishedPath)
        defer { database.close() }
        // Nobody relies on the file before it is complete, and then it is synced as a whole.
        try database.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536")
        let statements = Schema.statements(of: Schema.migrations.joined(), keepsComments: true)
        try database.transaction {
            for table in statements where Schema.makesTable(table) { try database.execute(table) }
            try load(database)
            for other in statements where !Schema.makesTable(other) { try database.execute(other) }
            try database.run("PRAGMA user_version = \(Schema.version)")
        }
        let inspection = SQLiteInspection(watch: RowWatch(key: key.rows))
        try database.reading { try verify(SQLSession(database: database, inspection: inspection)) }
        // Which says that it is complete.
        try database.run("PRAGMA application_id = \(Schema.applicationID)")
    }

    package func release(_ seal: Seal, key: RegistryKey) throws {
        do {
            try takeLock()
            defer { lock.withLock { $0 = nil } }
            if try files.holdsDatabase() {
                let reader = try Connection.reader(of: directory)
                defer { reader.close() }
                guard try SQLSession(database: reader).seal(seal.number) == seal else { throw notThere }
                return
            }
            guard try unfinished({ try $0.lastSeal() }) == seal else { throw notThere }
            try RollbackAnchor(path: directory.anchorPath, key: key).reset(to: .init(seal))
            guard rename(unfinishedPath, directory.databasePath) == 0 else {
                throw POSIXFile.refusal(.registryInputOutput, "rename", unfinishedPath, errno)
            }
            try POSIXFile.syncDirectory(directory.path)
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    private func takeLock() throws {
        try lock.withLock { lock in
            guard lock == nil else { return }
            lock = try DirectoryLock.exclusive(directory)
            guard lock != nil else {
                throw Refusal(
                    .registryBusy,
                    "Another program uses the directory \(directory.path). Stop it, then copy.",
                    facts: ["path": directory.path]
                )
            }
        }
    }

    /// Asks the copy that an earlier attempt completed; nil where there is none.
    private func unfinished<Answer>(_ body: (SQLSession) throws -> Answer?) throws -> Answer? {
        guard FileIdentity(ofLink: unfinishedPath) != nil else { return nil }
        let reader = try Connection.reader(ofFile: unfinishedPath, isImmutable: true)
        defer { reader.close() }
        do {
            guard try Schema.isOwner(of: reader) else { return nil }
            return try body(SQLSession(database: reader))
        } catch is SQLiteError {
            // Begun, and broken off.
            return nil
        }
    }
}
