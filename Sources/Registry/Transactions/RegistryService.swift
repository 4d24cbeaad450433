import FoundationEssentials

/// The registry's use cases, against its ports: what the command line without a daemon calls, and the daemon.
///
/// Every use case goes through the same steps: whether the caller may, then whether the request was answered before,
/// then the use case itself.
public struct RegistryService: Sendable {
    let store: any RegistryStore
    let clock: any InstantSource
    let randomness: any RandomSource
    let secrets: any SecretBox
    private let denials = DenialBound()

    public init(
        store: any RegistryStore,
        clock: any InstantSource,
        randomness: any RandomSource,
        secrets: any SecretBox
    ) {
        self.store = store
        self.clock = clock
        self.randomness = randomness
        self.secrets = secrets
    }

    /// Why nothing can be written, or not even read, here and now; nil when nothing stands in the way.
    public var obstacle: Refusal? { store.obstacle }

    /// Answers `query` from one consistent state. A denial is a ledger row.
    /// - Throws: `Refusal`.
    public func answer<Query: RegistryQuery>(
        _ query: Query,
        as caller: Caller,
        requestID: String = "none"
    ) async throws -> Query.Answer {
        try await read(within: Query.timeLimit, as: caller, requestID: requestID) { try $0.answer(query) }
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
        let now = clock.now()
        try LedgerClock.requirePlausible(now)
        let result: Result<Answer, AccessDenial> = try await store.read(within: limit) { reading in
            do {
                return .success(
                    try body(QueryContext(reading: reading, now: now, caller: caller, secrets: secrets, store: store))
                )
            } catch let denial as AccessDenial {
                return .failure(denial)
            }
        }
        switch result {
        case .success(let answer): return answer
        case .failure(let denial):
            await record(denial, of: nil, as: caller, requestID: requestID)
            throw denial.refusal
        }
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
        let memory = try memory(for: command, as: caller, options: options)
        return try await carryOut(command, as: caller, options: options) { permitted, context in
            if let memory, let earlier = try memory.answer(in: context.transaction) { return earlier }
            let run = { try command.run(on: permitted.subject, in: context) }
            if options.isDryRun { return try context.transaction.rehearse(run) }
            let before = context.transaction.appendedRows
            let answer = try run()
            // What appended nothing to a ledger changed nothing, and is answered anew.
            if context.transaction.appendedRows != before { try memory?.keep(answer, in: context.transaction) }
            return answer
        }
    }

    /// Shows a secret: the answer is given after its ledger row is durable.
    ///
    /// - Throws: `Refusal`, with `dry-run.not-allowed` for a dry run: it would show the secret and leave no row.
    public func reveal<Revealing: RevealingUseCase>(
        _ useCase: Revealing,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> Revealing.Answer {
        try await carryOut(useCase, as: caller, options: options) { permitted, context in
            guard !options.isDryRun else {
                throw Refusal(
                    .dryRunNotAllowed,
                    rule: .r15,
                    "A dry run would show the secret without recording it; ask without a dry run."
                )
            }
            return try useCase.run(on: permitted.subject, in: context)
        }
    }

    /// Whether `useCase` would be denied, without running it: for what must not be taken from a caller who may not, such
    /// as a long upload. A denial is a ledger row.
    /// - Throws: `Refusal`.
    public func checkAccess(
        to useCase: any UseCase,
        as caller: Caller,
        requestID: String
    ) async throws {
        guard let denial = try await denial(of: useCase, as: caller) else { return }
        await record(denial, of: useCase as? any RecordedUseCase, as: caller, requestID: requestID)
        throw denial.refusal
    }
}

extension QueryContext {
    /// What the query answers, where the caller may ask it.
    /// - Throws: `Refusal`; `AccessDenial`, which ends the reading.
    public func answer<Query: RegistryQuery>(_ query: Query) throws -> Query.Answer {
        try query.answer(on: query.authorize(gate).subject, in: self)
    }
}

extension RegistryService {
    /// Refuses a request with what looks like a code where it would be kept as it is.
    /// - Returns: what its answer is remembered under; nil for a request without an idempotency key.
    func memory<Recorded: RecordedUseCase>(
        for useCase: Recorded,
        as caller: Caller,
        options: CommandOptions
    ) throws -> AnswerMemory<Recorded.Answer>? {
        let request = try RequestText(useCase, overrides: options.overrides, with: secrets)
        try request.refuseMisplacedCodes(of: useCase)
        return try options.idempotencyKey.map { key in
            guard !ActivationCode.stands(in: key) else { throw Refusal.misplacedCode(in: "Idempotency-Key") }
            return AnswerMemory(
                caller: caller.principal,
                key: key,
                digest: RequestDigest(bytes: secrets.digest(of: Array(request.text.utf8)))
            )
        }
    }

    /// The steps of everything that is recorded.
    func carryOut<Recorded: RecordedUseCase, Answer: Sendable>(
        _ useCase: Recorded,
        as caller: Caller,
        options: CommandOptions,
        _ body: @escaping @Sendable (Permitted<Recorded.Subject>, CommandContext) throws -> Answer
    ) async throws -> Answer {
        let (clock, randomness, secrets, denials) = (clock, randomness, secrets, denials)
        // Who was denied often does not trouble the writer any more.
        if denials.isSpent(caller.principal, at: clock.now()), let denial = try await denial(of: useCase, as: caller) {
            _ = denials.admit(caller.principal, at: clock.now())
            throw denial.refusal
        }
        let outcome: Result<Answer, Refusal> = try await store.write { transaction in
            let now = try transaction.instant(of: clock, acceptsAny: Recorded.acceptsAnyClock)
            var context = CommandContext(
                transaction: transaction,
                now: now,
                caller: caller,
                randomness: randomness,
                secrets: secrets,
                options: options
            )
            do {
                let permitted = try useCase.authorize(context.gate)
                context.organizationID = permitted.organizationID
                let allowed = context
                return .success(try transaction.attempt { try body(permitted, allowed) })
            } catch let denial as AccessDenial {
                try context.record(denial, of: useCase, within: denials)
                return .failure(denial.refusal)
            } catch let refusal as Refusal where !refusal.code.isEngineFault {
                // Among the rows of a batch; who may not do the whole was denied above.
                if refusal.code == .accessDenied {
                    guard denials.admit(caller.principal, at: now) != nil else { throw refusal }
                } else if options.isDryRun || !useCase.isRecorded(refusal) {
                    throw refusal
                }
                try context.record(refusal, of: useCase)
                return .failure(refusal)
            }
        }
        return try outcome.get()
    }

    /// Nil when the caller may.
    private func denial(of useCase: some UseCase, as caller: Caller) async throws -> AccessDenial? {
        let now = clock.now()
        return try await store.read { reading in
            do {
                _ = try useCase.authorize(AccessGate(reading: reading, caller: caller, now: now, secrets: secrets))
                return nil
            } catch let denial as AccessDenial {
                return denial
            }
        }
    }

    /// Appends to the ledger a denial that was found out by reading. Who cannot write to the registry is denied all the
    /// same.
    func record(
        _ denial: AccessDenial,
        of useCase: (any RecordedUseCase)?,
        as caller: Caller,
        requestID: String
    ) async {
        guard let leftOut = denials.admit(caller.principal, at: clock.now()) else { return }
        let clock = clock
        _ = try? await store.write { transaction in
            let now = try transaction.instant(of: clock, acceptsAny: false)
            return try transaction.append(
                denial.draft(at: now, caller: caller, leftOut: leftOut, requestID: requestID, of: useCase)
            )
        }
    }
}

extension RegistryReading {
    /// The one instant of this transaction.
    /// - Throws: `Refusal` with `clock.implausible` under a clock that cannot be right.
    func instant(of clock: any InstantSource, acceptsAny: Bool) throws -> Instant {
        let now = clock.now()
        try LedgerClock.requirePlausible(now)
        if !acceptsAny, let last = try latestAuditInstant() { try LedgerClock.check(now, against: last) }
        return now
    }
}

extension CommandContext {
    /// Appends a denial to the ledger, within the bound on the caller's.
    fileprivate func record(_ denial: AccessDenial, of useCase: some RecordedUseCase, within bound: DenialBound) throws
    {
        guard let leftOut = bound.admit(caller.principal, at: now) else { return }
        _ = try transaction.append(
            denial.draft(at: now, caller: caller, leftOut: leftOut, requestID: options.requestID, of: useCase)
        )
    }

    /// Appends a refusal to the ledger.
    fileprivate func record<Recorded: RecordedUseCase>(_ refusal: Refusal, of useCase: Recorded) throws {
        try record(
            "\(Recorded.action)-refused",
            subject: refusal.fact("subject") ?? useCase.subjectOfRefusal,
            changes: [
                "code": refusal.code.rawValue,
                "rule": refusal.rule?.rawValue,
            ]
        )
    }
}

/// How a command is carried out, whatever the command is.
public struct CommandOptions: Sendable {
    /// The same checks and the same answer, but nothing is written.
    public var isDryRun: Bool
    /// The same key and request of the same caller always return the first answer.
    public var idempotencyKey: String?
    /// Rules that the administrator overrides by name; each is recorded where it made the difference.
    public var overrides: Set<OverridableRule>
    /// Names this request in the ledger and in every log.
    public var requestID: String

    public init(
        isDryRun: Bool = false,
        idempotencyKey: String? = nil,
        overrides: Set<OverridableRule> = [],
        requestID: String
    ) {
        self.isDryRun = isDryRun
        self.idempotencyKey = idempotencyKey
        self.overrides = overrides
        self.requestID = requestID
    }
}
