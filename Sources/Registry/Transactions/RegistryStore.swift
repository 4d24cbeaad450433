/// The port behind which an engine keeps the registry.
///
/// An engine gives transactions of typed reads and writes on domain values, so that no rule is written twice.
public protocol RegistryStore: Sendable {
    /// Where the registry is, in the engine's words: for people, such as a directory.
    var location: String { get }

    /// Why nothing can be written, or not even read, here and now; nil when nothing stands in the way.
    var obstacle: Refusal? { get }

    /// Whether a read may wait for another machine, so that it must not be made on a thread that others depend on.
    var readsWait: Bool { get }

    /// Reads one consistent state, on the thread that calls. Never waits for a writer.
    /// - Throws: what `body` throws; `Refusal` with `registry.timeout` when it took more than `limit`, or with another
    ///   `registry.*` code when the engine cannot read.
    func readNow<Answer>(within limit: ReadLimit, _ body: (any RegistryReading) throws -> Answer) throws -> Answer

    /// Runs `body` as one transaction: all of it is durable when its answer is given, none of it when an error is.
    ///
    /// Several callers' bodies may share one durable commit; each is undone alone when it throws.
    /// R19: whoever changes anything appends to the ledger; a body that changes rows and does not is undone.
    /// - Parameter completion: called once, on any thread, with what `body` returns or throws, or with a `Refusal` with
    ///   a `registry.*` code when the engine cannot write. It has to be quick: other writes wait for it.
    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer,
        completion: @escaping Completion<Answer>
    )
}

/// Is told how something ended.
public typealias Completion<Answer> = @Sendable (Result<Answer, any Error>) -> Void

extension RegistryStore {
    public var readsWait: Bool { false }

    /// Reads one consistent state, within a minute.
    public func read<Answer: Sendable>(
        within limit: Duration? = .seconds(60),
        _ body: (any RegistryReading) throws -> Answer
    ) async throws -> Answer {
        try readNow(within: ReadLimit(limit), body)
    }

    /// Runs `body` as one transaction, and waits until it is durable. Once it has been asked for, cancelling the caller has
    /// no effect: the outcome is always told.
    public func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            write(body) { continuation.resume(with: $0) }
        }
    }
}

/// All that can be read, from one consistent state.
public protocol RegistryReading:
    OrganizationReading,
    ProgramReading,
    TenantReading,
    TokenReading,
    ReservationReading,
    KeyReading,
    ProductReading,
    SeatReading,
    BenefitReading,
    EntitlementReading,
    AssignmentReading,
    RenewalReading,
    AccessReading,
    AuditReading,
    PersonReading,
    CorrectionReading,
    SealingKeyReading,
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
    ReservationWriting,
    KeyWriting,
    ProductWriting,
    SeatWriting,
    BenefitWriting,
    AssignmentWriting,
    RenewalWriting,
    AccessWriting,
    AuditWriting,
    PersonWriting,
    CorrectionWriting,
    SealingKeyWriting,
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
