public import Registry
import RegistrySQL
import RegistrySQLite

#if PostgreSQL
import RegistryPostgreSQL
#endif

extension RegistryPlace {
    /// Puts the key of a copy where this host looks for the registry's key.
    ///
    /// A registry that is there has to be the key's; without one, the key is put there to restore a backup.
    /// - Parameter source: the name of the file that `copy` comes from.
    /// - Throws: `Refusal`; then nothing was changed.
    public func importKey(
        _ copy: [UInt8],
        from source: String,
        with passphrase: Passphrase
    ) throws -> KeyPlacementResource {
        switch self {
        case .directory(let directory):
            return try KeyPlacement(at: directory.keyPath).place(copy, from: source, with: passphrase) {
                try SQLiteRegistry.requireKey($0, of: directory)
            }
        case .server(let place):
            #if PostgreSQL
            let checked = try place.checked()
            return try KeyPlacement(at: checked.keyPath).place(copy, from: source, with: passphrase) {
                try PostgreSQLRegistry.requireKey($0, at: checked)
            }
            #else
            throw Self.withoutPostgreSQL
            #endif
        }
    }
}
