import CSQLite
import Glibc
public import Registry
import RegistrySQL

extension SQLiteRegistry {
    /// Opens the registry in `directory`, brings its schema up to date, and holds it against its key and its anchor.
    ///
    /// Where it cannot be written to it is opened for reading alone. Files that others can get at are closed to them.
    /// - Parameters:
    ///   - acceptsRollback: opens also a database that is behind its anchor, to say what is missing.
    ///   - onNotice: told, in sentences, of what was changed.
    /// - Throws: `Refusal` with a `registry.*` code.
    public static func open(
        _ directory: RegistryDirectory,
        acceptsRollback: Bool = false,
        onNotice: (String) -> Void = { _ in }
    ) throws -> SQLiteRegistry {
        let files = RegistryFiles(directory: directory)
        try files.checkReadable()
        try FileModes(directory: directory).close().forEach(onNotice)
        let lock = try DirectoryLock.shared(directory)
        do {
            let opened = try openDatabase(files)
            let key = try RegistryKey.load(at: directory.keyPath)
            let anchor = RollbackAnchor(path: directory.anchorPath, key: key)
            let registry = SQLiteRegistry(
                directory: directory,
                key: key,
                anchor: anchor,
                writer: opened.writer,
                readers: opened.readers,
                lock: lock
            )
            do {
                try registry.withReader { database in
                    try database.reading { try SQLSession(database: database).requireKey(key) }
                }
                if !acceptsRollback, let rollback = try registry.rollback() { throw rollback.refusal }
            } catch {
                registry.close()
                throw error
            }
            return registry
        } catch let error as SQLiteError where [SQLITE_IOERR, SQLITE_PROTOCOL].contains(error.code) {
            throw Refusal(.registryInputOutput, "The registry in \(directory.path) could not be opened: I/O error.")
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    /// Makes a registry in `directory`: the key, the anchor, and the database with the catalogues.
    ///
    /// What an earlier call left half done, because the machine went down, is completed.
    /// - Parameter onNotice: told, in sentences, of what was changed in a directory that was there.
    /// - Returns: false when there is one already; it is left as it is.
    /// - Throws: `Refusal` with a `registry.*` code.
    public static func create(
        _ directory: RegistryDirectory,
        programs: @escaping @autoclosure () -> [Program],
        skus: @escaping @autoclosure () -> [SKU],
        at now: Instant,
        actor: Principal,
        requestID: String,
        onNotice: (String) -> Void = { _ in }
    ) throws -> Bool {
        try LedgerClock.requirePlausible(now)
        let first = FirstCommit(programs: programs, skus: skus, at: now, actor: actor, requestID: requestID)
        let files = RegistryFiles(directory: directory)
        try files.makeDirectory().forEach(onNotice)
        do {
            while true {
                if let lock = try DirectoryLock.exclusive(directory) {
                    return try fill(files, with: first, lock: lock)
                }
                // Another process has it open, or is making it: once that is done there is one.
                _ = try DirectoryLock.shared(directory)
                if try isMade(files) { return false }
            }
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }

    /// Makes what is missing, in an order that a later call can complete: the key, the anchor, the database.
    private static func fill(
        _ files: RegistryFiles,
        with first: FirstCommit,
        lock: DirectoryLock
    ) throws -> Bool {
        if try isMade(files) { return false }
        let directory = files.directory
        let key = try RegistryKey.loadOrCreate(at: directory.keyPath)
        let anchor = RollbackAnchor(path: directory.anchorPath, key: key)
        if try POSIXFile.read(directory.anchorPath) == nil { try anchor.create() }
        // Without the key nothing that is sealed with it could be opened again.
        try files.makeDatabaseFile()
        try lock.sync()
        let writer = try Connection.writer(of: directory)
        defer { writer.close() }
        let watch = RowWatch(key: key.rows)
        defer { withExtendedLifetime(watch) {} }
        let seal = try Migration(database: writer).create(watch) { try first.write(in: $0, key: key) }
        // The anchor may lag behind: what cannot be written now is made up for by the next commit.
        if let seal { try? anchor.advance(to: .init(seal)) }
        return true
    }

    /// Whether there is a database with a schema in it; that of an interrupted call has none.
    private static func isMade(_ files: RegistryFiles) throws -> Bool {
        guard try files.holdsDatabase() else { return false }
        let reader = try Connection.writer(of: files.directory)
        defer { reader.close() }
        return try !Migration(database: reader).isBlank()
    }

    private struct Opened {
        /// Nil where nothing can be written.
        let writer: Database?
        let readers: ReaderPool
    }

    /// - Throws: `Refusal`, or SQLite's error.
    private static func openDatabase(_ files: RegistryFiles) throws -> Opened {
        do {
            return try openForWriting(files)
        } catch let error as SQLiteError where SQLiteFailure.suggestsReadOnly(error) {
            guard files.areWritable else { return try openForReading(files) }
        }
        // SQLite opens a file for reading alone when opening it for writing failed, for whatever reason: one that has
        // passed makes nothing read-only.
        do {
            return try openForWriting(files)
        } catch let error as SQLiteError where error.code == SQLITE_READONLY {
            return try openForReading(files)
        }
    }

    private static func openForWriting(_ files: RegistryFiles) throws -> Opened {
        let place = DatabasePlace(of: files.directory)
        let writer = try Connection.writer(of: files.directory)
        guard try !Migration(database: writer).isBlank() else { throw files.notFound }
        try Migration(database: writer).bringUpToDate()
        do {
            try Connection.requireWritable(writer)
        } catch {
            writer.close()
            throw error
        }
        return Opened(writer: writer, readers: ReaderPool(directory: files.directory, place: place))
    }

    static func opensForWriting(_ files: RegistryFiles) -> Bool {
        guard files.areWritable, let opened = try? openForWriting(files) else { return false }
        opened.writer?.close()
        return true
    }

    private static func openForReading(_ files: RegistryFiles) throws -> Opened {
        let directory = files.directory
        let place = DatabasePlace(of: directory)
        // SQLite makes files beside a database with a log, unless nobody can change it.
        let isImmutable = try access(directory.path, W_OK) != 0 && !files.holdsLog()
        let reader = try Connection.reader(of: directory, isImmutable: isImmutable)
        defer { reader.close() }
        try Migration(database: reader).checkCurrent()
        return Opened(writer: nil, readers: ReaderPool(directory: directory, place: place, isImmutable: isImmutable))
    }
}
