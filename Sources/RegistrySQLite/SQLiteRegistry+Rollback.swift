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

    /// Accepts that a database is behind its anchor, or that its anchor is gone: says so in the ledger, and begins
    /// the anchor anew.
    ///
    /// - Parameters:
    ///   - reason: why it is right, in the administrator's words.
    ///   - caller: has to own the registry.
    ///   - onNotice: as for opening.
    /// - Throws: `Refusal` with `registry.not-rolled-back` when there is nothing to accept, with `access.denied`, or
    ///   with another `registry.*` code.
    public static func acceptRollback(
        of directory: RegistryDirectory,
        reason: String,
        by caller: Caller,
        clock: any InstantSource,
        requestID: String,
        onNotice: (String) -> Void = { _ in }
    ) async throws -> AcceptRollback.Answer {
        let registry = try open(directory, acceptsRollback: true, onNotice: onNotice)
        defer { registry.close() }
        guard let rollback = try registry.rollback() else {
            throw Refusal(
                .registryNotRolledBack,
                "The database has everything that its anchor says was committed; there is nothing to accept."
            )
        }
        let service = RegistryService(
            store: registry,
            clock: clock,
            randomness: SystemRandomSource(),
            secrets: registry.secrets
        )
        let answer = try await service.perform(
            AcceptRollback(rollback, reason: reason),
            as: caller,
            options: CommandOptions(requestID: requestID)
        )
        do {
            if let seal = try await registry.read({ try $0.lastSeal() }) {
                try registry.anchor.reset(to: .init(seal))
            }
        } catch let refusal as Refusal {
            throw Refusal(
                refusal.code,
                "The ledger records the accepted rollback as row \(answer.auditSequence), but the anchor could not "
                    + "be reset, so the registry stays closed: \(refusal.detail) Run the same command again.",
                facts: ["auditSequence": Int(answer.auditSequence)]
            )
        }
        return answer
    }
}
