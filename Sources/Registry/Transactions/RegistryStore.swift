/// The port behind which an engine keeps the registry.
///
/// An engine gives transactions of typed reads and writes on domain values, so that no rule is written twice.
public protocol RegistryStore: Sendable {
    /// Where the registry is, in the engine's words: for people, such as a directory.
    var location: String { get }

    /// Why nothing can be written, or not even read, here and now; nil when nothing stands in the way.
    var obstacle: Refusal? { get }

    /// Reads one consistent state. Never waits for a writer.
    /// - Parameter limit: how long it may take; nil lets it take its time.
    /// - Throws: what `body` throws; `Refusal` with `registry.timeout` when it took longer, or with another
    ///   `registry.*` code when the engine cannot read.
    func read<Answer: Sendable>(
        within limit: Duration?,
        _ body: (any RegistryReading) throws -> Answer
    ) async throws -> Answer

    /// Runs `body` as one transaction: all of it is durable when this returns, none of it when it throws.
    ///
    /// Several callers' bodies may share one durable commit; each is undone alone when it throws.
    /// Once `body` has started, cancelling the caller has no effect: the outcome is always told.
    /// R19: whoever changes anything appends to the ledger; a body that changes rows and does not is undone.
    /// - Throws: what `body` throws; `Refusal` with a `registry.*` code when the engine cannot write.
    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer
    ) async throws -> Answer
}

extension RegistryStore {
    /// Reads one consistent state, within a minute.
    public func read<Answer: Sendable>(
        _ body: (any RegistryReading) throws -> Answer
    ) async throws -> Answer {
        try await read(within: .seconds(60), body)
    }
}

/// All that can be read, from one consistent state.
public protocol RegistryReading:
    OrganizationReading,
    ProgramReading,
    TenantReading,
    TokenReading,
    KeyReading,
    ProductReading,
    SeatReading,
    EntitlementReading,
    AssignmentReading,
    RenewalReading,
    AccessReading,
    AuditReading,
    IntegrityReading,
    IdempotencyReading
{}

/// A running write transaction.
public protocol RegistryTransaction:
    RegistryReading,
    OrganizationWriting,
    ProgramWriting,
    TenantWriting,
    TokenWriting,
    KeyWriting,
    ProductWriting,
    SeatWriting,
    AssignmentWriting,
    RenewalWriting,
    AccessWriting,
    AuditWriting,
    StagingWriting,
    IdempotencyWriting
{
    /// Runs `body`; when it throws, undoes what it wrote, and only that.
    func attempt<Answer>(_ body: () throws -> Answer) throws -> Answer

    /// Runs `body`, then undoes what it wrote: for `--dry-run`.
    func rehearse<Answer>(_ body: () throws -> Answer) throws -> Answer
}

/// The answers that were given to requests with an idempotency key. A key belongs to the caller who used it.
public protocol IdempotencyReading {
    /// The answer that was given to `caller` under `key`; nil when it is new.
    func rememberedAnswer(to caller: Principal, for key: String) throws -> RememberedAnswer?
}

public protocol IdempotencyWriting {
    func remember(_ answer: RememberedAnswer, to caller: Principal, for key: String) throws
}

/// A request and its first answer, kept for ever.
public struct RememberedAnswer: Hashable, Sendable, Decodable {
    public let digest: RequestDigest
    /// The answer, as JSON. Never with a secret in it.
    public let answer: String
}
