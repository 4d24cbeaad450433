public import Registry
import RegistrySQL

extension SQLiteRegistry {
    /// What the database lacks of what its anchor says was committed once; nil when it lacks nothing.
    ///
    /// A restored backup lacks rows: it could redeem a token again.
    /// - Throws: `Refusal` with a `registry.*` code.
    public func rollback() throws -> Rollback? {
        try withReader { database in
            // The anchor first: what is committed meanwhile moves both, and the anchor never leads.
            let position = try anchor.reading()
            return try database.reading { try SQLSession(database: database).rollback(from: position) }
        }
    }

    public func resetAnchor(to seal: Seal) throws {
        try anchor.reset(to: .init(seal))
    }
}
