#if PostgreSQL
import Glibc
public import Registry
import RegistrySQL

extension PostgreSQLRegistry {
    /// Opens the registry at `place`, and holds it against its key and this host's anchor.
    ///
    /// - Parameters:
    ///   - acceptsRollback: opens also a database that is behind its anchor, to say what is missing.
    ///   - onNotice: told, in sentences, of what was changed.
    /// - Throws: `Refusal` with a `registry.*` code.
    public static func open(
        _ place: PostgreSQLPlace,
        acceptsRollback: Bool = false,
        onNotice: (String) -> Void = { _ in }
    ) throws -> PostgreSQLRegistry {
        do {
            let connection = try PostgreSQLConnection(place.address, for: .reading)
            defer { connection.close() }
            try requireSchema(on: connection, of: place)
            let key = try RegistryKey.load(at: place.keyPath)
            let session = SQLSession(database: connection)
            try session.requireKey(key)
            guard let firstSeal = try session.seal(1) else {
                throw Refusal(.registryDamaged, "The registry's first seal is missing. Restore a backup.")
            }
            let anchor = RollbackAnchor(path: place.anchorPath(of: firstSeal), key: key)
            if try POSIXFile.read(anchor.path) == nil {
                try makeDirectory(place.directory)
                try anchor.create()
                onNotice("This host had not seen the registry before: it keeps its last seal in \(anchor.path) now.")
            }
            let registry = PostgreSQLRegistry(place: place, key: key, anchor: anchor)
            if !acceptsRollback, let rollback = try registry.rollback() {
                registry.close()
                throw rollback.refusal
            }
            return registry
        } catch {
            throw PostgreSQLFailure.refusal(from: error)
        }
    }

    /// Makes a registry at `place`: a schema of its own with the tables, their guards and the catalogues, and this host's
    /// key and anchor.
    ///
    /// - Parameter onNotice: told, in sentences, of what could not be made.
    /// - Returns: false when there is one already; it is left as it is.
    /// - Throws: `Refusal` with a `registry.*` code.
    public static func create(
        _ place: PostgreSQLPlace,
        programs: @escaping @autoclosure () -> [Program],
        skus: @escaping @autoclosure () -> [SKU],
        at now: Instant,
        actor: Principal,
        requestID: String,
        onNotice: (String) -> Void = { _ in }
    ) throws -> Bool {
        try LedgerClock.requirePlausible(now)
        let first = FirstCommit(programs: programs, skus: skus, at: now, actor: actor, requestID: requestID)
        do {
            let connection = try PostgreSQLConnection(place.address, for: .writing)
            defer { connection.close() }
            if try version(on: connection) != nil { return false }
            try makeDirectory(place.directory)
            let key = try RegistryKey.loadOrCreate(at: place.keyPath)
            let seal = try connection.transaction("BEGIN") {
                if try !define(on: connection) { onNotice(withoutRole) }
                return try first.write(in: SQLSession(database: connection), key: key)
            }
            // Without it this host would take the registry for one that it sees for the first time.
            if let seal {
                let anchor = RollbackAnchor(path: place.anchorPath(of: seal), key: key)
                try? anchor.create()
                try? anchor.advance(to: .init(seal))
            }
            return true
        } catch let error as PostgreSQLError where error.code == "42P06" {
            // Another process made it meanwhile.
            return false
        } catch {
            throw PostgreSQLFailure.refusal(from: error)
        }
    }

    /// - Parameters:
    ///   - version: what the schema says of itself; less than 0 for what is not to be opened yet.
    ///   - load: fills the tables, before they have indexes, references and guards.
    /// - Returns: whether there is a role for daemons.
    static func define(
        on connection: PostgreSQLConnection,
        version: Int = Schema.version,
        load: () throws -> Void = {}
    ) throws -> Bool {
        try connection.execute("CREATE SCHEMA \(PostgreSQLPlace.schema)")
        for statement in SchemaTranslation.preamble { try connection.execute(statement) }
        try connection.execute("CREATE TABLE registry_version (number BIGINT PRIMARY KEY)")
        let statements = SchemaTranslation(Schema.migrations.joined()).statements
        for table in statements where Schema.makesTable(table) { try connection.execute(table) }
        try load()
        for other in statements where !Schema.makesTable(other) { try connection.execute(other) }
        for statement in SchemaTranslation.notification { try connection.execute(statement) }
        try connection.run("INSERT INTO registry_version VALUES (?)", [version])
        return try DaemonRole.grant(on: connection)
    }

    static let withoutRole =
        "The PostgreSQL user may not make the role \(DaemonRole.name), so daemons have to connect as the registry's owner, who "
        + "could drop its guards. See registry(5)."

    /// The version of the registry's schema; nil where there is no registry.
    static func version(on connection: PostgreSQLConnection) throws -> Int? {
        guard
            try connection.exists(
                "SELECT 1 FROM pg_class WHERE relname = 'registry_version' AND relnamespace = to_regnamespace(?)",
                [PostgreSQLPlace.schema]
            )
        else { return nil }
        return try connection.value("SELECT number FROM registry_version")
    }

    static func requireSchema(on connection: PostgreSQLConnection, of place: PostgreSQLPlace) throws {
        guard let found = try version(on: connection) else {
            throw Refusal(.registryNotFound, "There is no registry at \(place.name).")
        }
        guard found > 0 else {
            throw Refusal(
                .registryUnfinished,
                "\(place.name) holds a copy of a registry that is not finished. Run the same 'tokenctl registry copy' again.",
                facts: ["place": place.name]
            )
        }
        guard found == Schema.version else {
            throw Refusal(
                .registryFromNewerVersion,
                "The registry has schema version \(found), but this program supports only version \(Schema.version). Use the "
                    + "program that wrote it.",
                facts: ["schemaVersion": found, "known": Schema.version]
            )
        }
    }

    /// Makes the directory, and those above it that are not there.
    static func makeDirectory(_ path: String) throws {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        if errno == ENOENT, path.contains("/") {
            try makeDirectory(POSIXFile.directory(of: path))
            if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        }
        throw POSIXFile.refusal(.registryUnreadable, "make the directory", path, errno)
    }
}
#endif
