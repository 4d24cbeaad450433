#if PostgreSQL
import Registry
package import RegistrySQL

extension PostgreSQLRegistry {
    /// Makes sure that `key` is the one of the registry at `place`.
    /// - Throws: `Refusal` with `registry.key-invalid`, or another `registry.*` code.
    package static func requireKey(_ key: RegistryKey, at place: PostgreSQLPlace) throws {
        do {
            let connection = try PostgreSQLConnection(place.address, for: .reading)
            defer { connection.close() }
            try requireSchema(on: connection, of: place)
            try SQLSession(database: connection).requireKey(key)
        } catch {
            throw PostgreSQLFailure.refusal(from: error)
        }
    }
}
#endif
