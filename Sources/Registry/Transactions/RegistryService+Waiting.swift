/// The same for a task that waits for the outcome.
extension RegistryService {
    /// Answers `query` from one consistent state. A denial is a ledger row.
    /// - Throws: `Refusal`.
    public func answer<Query: RegistryQuery>(
        _ query: Query,
        as caller: Caller,
        requestID: String = "none"
    ) async throws -> Query.Answer {
        try await waiting { answer(query, as: caller, requestID: requestID, completion: $0) }
    }

    /// Answers several queries from one consistent state, such as the pages of a list. A denial is a ledger row.
    /// - Parameter limit: how long it may take; nil lets it take its time.
    /// - Throws: `Refusal`, and what `body` throws.
    public func read<Answer: Sendable>(
        within limit: Duration?,
        as caller: Caller,
        requestID: String,
        _ body: (QueryContext) throws -> Answer
    ) async throws -> Answer {
        try await waiting { read(within: limit, as: caller, requestID: requestID, body, completion: $0) }
    }

    /// Carries out `command` as one transaction, with its ledger rows.
    ///
    /// - Throws: `Refusal`. What a refused command wrote is undone; the refusal itself is a ledger row
    ///   where the command asks for that.
    public func perform<Command: RegistryCommand>(
        _ command: Command,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> Command.Answer {
        try await waiting { perform(command, as: caller, options: options, completion: $0) }
    }

    /// Shows a secret: the answer is given after its ledger row is durable.
    ///
    /// - Throws: `Refusal`, with `dry-run.not-allowed` for a dry run: it would show the secret and leave no row.
    public func reveal<Revealing: RevealingUseCase>(
        _ useCase: Revealing,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> Revealing.Answer {
        try await waiting { reveal(useCase, as: caller, options: options, completion: $0) }
    }

    /// Whether `useCase` would be denied, without running it. A denial is a ledger row.
    /// - Throws: `Refusal`.
    func checkAccess(to useCase: any UseCase, as caller: Caller, requestID: String) async throws {
        try await waiting { checkAccess(to: useCase, as: caller, requestID: requestID, completion: $0) }
    }

    func carryOut<Recorded: RecordedUseCase, Answer: Sendable>(
        _ useCase: Recorded,
        as caller: Caller,
        options: CommandOptions,
        _ body: @escaping @Sendable (Permitted<Recorded.Subject>, CommandContext) throws -> Answer
    ) async throws -> Answer {
        try await waiting { carryOut(useCase, as: caller, options: options, body, completion: $0) }
    }

    func record(
        _ denial: AccessDenial,
        of useCase: (any RecordedUseCase)?,
        as caller: Caller,
        requestID: String
    ) async {
        await withCheckedContinuation { continuation in
            record(denial, of: useCase, as: caller, requestID: requestID) { continuation.resume() }
        }
    }

    private func waiting<Answer: Sendable>(_ begin: (@escaping Completion<Answer>) -> Void) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            begin { continuation.resume(with: $0) }
        }
    }
}
