import Registry
package import RegistrySQL

extension SQLiteRegistry {
    /// Makes sure that `key` is the one of the registry in `directory`, where there is one.
    /// - Throws: `Refusal` with `registry.key-invalid`, or another `registry.*` code.
    package static func requireKey(_ key: RegistryKey, of directory: RegistryDirectory) throws {
        guard try RegistryFiles(directory: directory).holdsDatabase() else { return }
        do {
            let database = try Connection.writer(of: directory)
            defer { database.close() }
            try Schema.checkOwner(of: database)
            try database.reading { try SQLSession(database: database).requireKey(key) }
        } catch {
            throw SQLiteFailure.refusal(from: error)
        }
    }
}
