/// A registry that this process has open, on whichever engine.
public protocol OpenRegistry: RegistryStore {
    /// Seals, opens and finds codes with the registry's key.
    var secrets: any SecretBox { get }
    /// Where the registry's key is kept.
    var keyFile: any SealingKeyFile { get }
    /// Whether this registry could be opened for reading alone, and would now open for writing too: by then it is to be
    /// opened anew.
    var wouldOpenForWriting: Bool { get }

    /// What the database lacks of what its anchor says was committed once; nil when it lacks nothing.
    ///
    /// A restored backup lacks rows: it could redeem a token again.
    /// - Throws: `Refusal` with a `registry.*` code.
    func rollback() throws -> Rollback?
    /// Begins the anchor anew at `seal`, also backwards.
    func resetAnchor(to seal: Seal) throws

    /// Calls `observer` after every commit of this process, on the writer's thread: it must be quick.
    func observeCommits(_ observer: @escaping @Sendable (CommitNotice) -> Void)
    /// Calls `observer` when any process may have committed something, as soon as the engine tells; never where it tells
    /// nothing. It must be quick.
    func observeAllCommits(_ observer: @escaping @Sendable () -> Void)
    /// Finishes what was accepted, and closes the database.
    func close()
}

extension OpenRegistry {
    public func observeAllCommits(_ observer: @escaping @Sendable () -> Void) {}
}

extension OpenRegistry {
    /// Accepts that a database is behind its anchor, or that its anchor is gone: says so in the ledger, and begins
    /// the anchor anew. The registry was opened as one that may be behind.
    ///
    /// - Parameters:
    ///   - reason: why it is right, in the administrator's words.
    ///   - caller: has to own the registry.
    /// - Throws: `Refusal` with `registry.not-rolled-back` when there is nothing to accept, with `access.denied`, or
    ///   with another `registry.*` code.
    public func acceptRollback(
        reason: String,
        by caller: Caller,
        clock: any InstantSource,
        requestID: String
    ) async throws -> AcceptRollback.Answer {
        guard let rollback = try rollback() else {
            throw Refusal(
                .registryNotRolledBack,
                "The database has everything that its anchor says was committed; there is nothing to accept."
            )
        }
        let service = RegistryService(
            store: self,
            clock: clock,
            randomness: SystemRandomSource(),
            secrets: secrets
        )
        let answer = try await service.perform(
            AcceptRollback(rollback, reason: reason),
            as: caller,
            options: CommandOptions(requestID: requestID)
        )
        do {
            if let seal = try await read({ try $0.lastSeal() }) { try resetAnchor(to: seal) }
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

/// That several callers' writes were committed together, or failed together.
public struct CommitNotice: Hashable, Sendable {
    public let writes: Int
    public let succeeded: Bool

    public init(writes: Int, succeeded: Bool) {
        self.writes = writes
        self.succeeded = succeeded
    }
}
