import Glibc
public import Registry
import RegistrySQL
public import RegistrySQLite

#if PostgreSQL
import RegistryPostgreSQL
#endif

/// Where a registry is, as `--registry` names it: a directory with an SQLite database, or a PostgreSQL server.
public enum RegistryPlace: Hashable, Sendable {
    case directory(RegistryDirectory)
    case server(ServerPlace)

    /// A registry on a server, and what of it this host keeps.
    public struct ServerPlace: Hashable, Sendable {
        /// A URI, as libpq takes it.
        let address: String
        /// A copy of the key that codes are sealed with; nil for `registry.key` in the directory.
        let keyPath: String?
        /// Where this host keeps its anchor.
        let directory: String

        /// The address as people may see it.
        var name: String { address.withoutPasswords }
    }

    /// - Parameters:
    ///   - text: a path, or an address such as `postgresql://db1,db2/tokens`.
    ///   - keyPath: where this host has the key of a registry on a server.
    ///   - usualDirectory: where this host keeps what it knows of one.
    public init(_ text: String, keyPath: String? = nil, usualDirectory: String) {
        let isAddress = ["postgresql://", "postgres://"].contains { text.hasPrefix($0) }
        self =
            isAddress
            ? .server(ServerPlace(address: text, keyPath: keyPath, directory: usualDirectory))
            : .directory(RegistryDirectory(path: text))
    }

    /// Opens the registry, which has to be there.
    /// - Parameters:
    ///   - acceptsRollback: opens also a database that is behind its anchor, to say what is missing.
    ///   - onNotice: told, in sentences, of what was changed.
    /// - Throws: `Refusal` with a `registry.*` code.
    public func open(acceptsRollback: Bool = false, onNotice: (String) -> Void) throws -> any OpenRegistry {
        switch self {
        case .directory(let directory):
            return try SQLiteRegistry.open(
                directory,
                acceptsRollback: acceptsRollback,
                onNotice: onNotice
            )
        case .server(let place):
            #if PostgreSQL
            return try PostgreSQLRegistry.open(
                place.checked(),
                acceptsRollback: acceptsRollback,
                onNotice: onNotice
            )
            #else
            throw Self.withoutPostgreSQL
            #endif
        }
    }

    /// Makes the registry, with its catalogues.
    /// - Returns: false when there is one; it is left as it is.
    /// - Throws: `Refusal` with a `registry.*` code.
    public func create(
        programs: [Program],
        skus: [SKU],
        at now: Instant,
        actor: Principal,
        requestID: String,
        onNotice: (String) -> Void
    ) throws -> Bool {
        switch self {
        case .directory(let directory):
            return try SQLiteRegistry.create(
                directory,
                programs: programs,
                skus: skus,
                at: now,
                actor: actor,
                requestID: requestID,
                onNotice: onNotice
            )
        case .server(let place):
            #if PostgreSQL
            return try PostgreSQLRegistry.create(
                place.checked(),
                programs: programs,
                skus: skus,
                at: now,
                actor: actor,
                requestID: requestID,
                onNotice: onNotice
            )
            #else
            throw Self.withoutPostgreSQL
            #endif
        }
    }

    /// The directory, for what is done with files.
    /// - Parameter purpose: what is to be done, as a verb for the error's sentence.
    /// - Throws: `Refusal` with `registry.unreadable` for a registry on a server.
    public func requireDirectory(to purpose: String) throws -> RegistryDirectory {
        guard case .directory(let directory) = self else {
            throw Refusal(
                .registryUnreadable,
                "tokenctl can \(purpose) only a registry in a directory. On PostgreSQL use the server's own tools, such as "
                    + "pg_dump and pg_basebackup; see registry(5)."
            )
        }
        return directory
    }

    /// Whether the user who runs this program owns the registry, or is root: who can read what opens its codes.
    public var isOwnedByCaller: Bool {
        let user = geteuid()
        guard user != 0 else { return true }
        let path =
            switch self {
            case .directory(let directory): directory.path
            case .server(let place): place.keyPath ?? place.directory
            }
        var status = stat()
        return stat(path, &status) != 0 || status.st_uid == user
    }

    /// A registry on a server is shared by hosts, whose users are not each other's.
    public var host: String? {
        guard case .server = self else { return nil }
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return nil }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static var withoutPostgreSQL: Refusal {
        Refusal(
            .registryUnreadable,
            "This program was built without PostgreSQL. Build it with swift build --traits PostgreSQL, which needs libpq-dev."
        )
    }
}

#if PostgreSQL
extension RegistryPlace.ServerPlace {
    func checked() throws -> PostgreSQLPlace {
        try PostgreSQLPlace(address, name: name, directory: directory, keyPath: keyPath)
    }
}
#endif

extension RegistryPlace: CustomStringConvertible {
    /// Without the password that an address may have.
    public var description: String {
        switch self {
        case .directory(let directory): directory.path
        case .server(let place): place.name
        }
    }
}

extension String {
    /// An address without the passwords in it: behind the user's name, and among the parameters.
    fileprivate var withoutPasswords: String {
        guard let scheme = firstRange(of: "://") else { return self }
        let end = self[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? endIndex
        let authority = self[scheme.upperBound..<end]
        let user = authority.lastIndex(of: "@").map { authority[..<$0] }
        let shown = user?.firstIndex(of: ":").map { authority[..<$0] + ":…" + authority[(user?.endIndex ?? end)...] }
        let rest = self[end...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let parameters = rest.dropFirst().first?.split(separator: "&").map { parameter in
            let isSecret = ["password=", "sslpassword="].contains { parameter.hasPrefix($0) }
            return isSecret ? parameter.prefix { $0 != "=" } + "=…" : parameter
        }
        return self[..<scheme.upperBound] + (shown ?? authority) + (rest.first ?? "")
            + (parameters.map { "?" + $0.joined(separator: "&") } ?? "")
    }
}
