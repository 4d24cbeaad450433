import Glibc
public import Registry
import RegistrySQL
import RegistrySQLite

#if PostgreSQL
import RegistryPostgreSQL
#endif

extension RegistryPlace {
    /// Copies the registry to `target`, and closes it; or goes on with what an earlier call left half done.
    ///
    /// - Parameters:
    ///   - caller: has to own the registry.
    ///   - isDryRun: looks whether there is room and whether all is sound, and writes nothing.
    ///   - onNotice: told, in sentences, of what was changed.
    /// - Throws: `Refusal` with a `registry.*` code. The same call again is always safe.
    public func copy(
        to target: RegistryPlace,
        as caller: Caller,
        clock: any InstantSource,
        requestID: String,
        isDryRun: Bool,
        onNotice: @escaping @Sendable (String) -> Void
    ) async throws -> CopyRegistry.Answer {
        let source = absolute
        let registry = try source.open(onNotice: onNotice)
        defer { registry.close() }
        return try await registry.copy(
            from: source.description,
            to: source.destination(target, onNotice: onNotice),
            as: caller,
            clock: clock,
            requestID: requestID,
            isDryRun: isDryRun
        )
    }

    /// Where a copy of this registry is made.
    func destination(
        _ target: RegistryPlace,
        onNotice: @escaping @Sendable (String) -> Void
    ) throws -> any RegistryDestination {
        let key = try RegistryKey.load(at: absolute.keyPath)
        return SQLDestination(try target.absolute.arrival(onNotice: onNotice), key: key)
    }

    private func arrival(onNotice: @escaping @Sendable (String) -> Void) throws -> any RegistryArrival {
        switch self {
        case .directory(let directory):
            return SQLiteArrival(directory, onNotice: onNotice)
        case .server(let place):
            #if PostgreSQL
            return try PostgreSQLArrival(place.checked(), onNotice: onNotice)
            #else
            throw Self.withoutPostgreSQL
            #endif
        }
    }

    private var keyPath: String {
        switch self {
        case .directory(let directory): directory.keyPath
        case .server(let place): place.keyPath ?? "\(place.directory)/registry.key"
        }
    }

    /// As it is the same wherever somebody reads of it.
    private var absolute: RegistryPlace {
        guard case .directory(let directory) = self, !directory.path.hasPrefix("/"), let here = getcwd(nil, 0) else {
            return self
        }
        defer { free(here) }
        return .directory(RegistryDirectory(path: "\(String(cString: here))/\(directory.path)"))
    }
}
