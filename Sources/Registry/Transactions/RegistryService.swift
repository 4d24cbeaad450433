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
    private var isBrief = false

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

    /// Whether a read may wait for another machine, so that it must not be made on a thread that others depend on.
    public var readsWait: Bool { store.readsWait }

    /// Makes sure that the registry can be read.
    /// - Throws: `Refusal`.
    public func checkReadable() throws {
        try store.readNow(within: .time(.seconds(60))) { _ = try $0.organizations(after: nil, limit: 1) }
    }

    /// The same service, whose queries are refused with `registry.timeout` where they read more than a few rows.
    public var brief: RegistryService {
        var copy = self
        copy.isBrief = true
        return copy
    }

    /// Answers `query` from one consistent state, on the thread that calls. A denial is a ledger row.
    /// - Parameter completion: is told the answer, or a `Refusal`: at once, or once a denial was recorded.
    public func answer<Query: RegistryQuery>(
        _ query: Query,
        as caller: Caller,
        requestID: String = "none",
        completion: @escaping Completion<Query.Answer>
    ) {
        read(
            within: Query.timeLimit,
            as: caller,
            requestID: requestID,
            { try $0.answer(query) },
            completion: completion
        )
    }

    /// Answers several queries from one consistent state, such as the pages of a list. A denial is a ledger row.
    /// - Parameters:
    ///   - limit: how long it may take; nil lets it take its time.
    ///   - completion: is told what `body` returns or throws, or a `Refusal`.
    func read<Answer: Sendable>(
        within limit: Duration?,
        as caller: Caller,
        requestID: String,
        _ body: (QueryContext) throws -> Answer,
        completion: @escaping Completion<Answer>
    ) {
        let result: Result<Answer, any Error> = Result {
            let now = clock.now()
            try LedgerClock.requirePlausible(now)
            return try store.readNow(within: isBrief ? .brief : ReadLimit(limit)) { reading in
                try body(QueryContext(reading: reading, now: now, caller: caller, secrets: secrets, store: store))
            }
        }
        guard case .failure(let error) = result, let denial = error as? AccessDenial else { return completion(result) }
        record(denial, of: nil, as: caller, requestID: requestID) { completion(.failure(denial.refusal)) }
    }

    /// Carries out `command` as one transaction, with its ledger rows.
    ///
    /// What a refused command wrote is undone; the refusal itself is a ledger row where the command asks for that.
    /// - Parameter completion: is told the answer once it is durable, or a `Refusal`.
    public func perform<Command: RegistryCommand>(
        _ command: Command,
        as caller: Caller,
        options: CommandOptions,
        completion: @escaping Completion<Command.Answer>
    ) {
        let memory: AnswerMemory<Command.Answer>?
        do {
            memory = try self.memory(for: command, as: caller, options: options)
        } catch {
            return completion(.failure(error))
        }
        carryOut(
            command,
            as: caller,
            options: options,
            { permitted, context in
                if let memory, let earlier = try memory.answer(in: context.transaction) { return earlier }
                let run = { try command.run(on: permitted.subject, in: context) }
                if options.isDryRun { return try context.transaction.rehearse(run) }
                let before = context.transaction.appendedRows
                let answer = try run()
                // What appended nothing to a ledger changed nothing, and is answered anew.
                if context.transaction.appendedRows != before {
                    try memory?.keep(answer, of: context.organizationID, in: context.transaction)
                }
                return answer
            },
            completion: completion
        )
    }

    /// Shows a secret: the answer is given after its ledger row is durable.
    ///
    /// A dry run is refused with `dry-run.not-allowed`: it would show the secret and leave no row.
    /// - Parameter completion: is told the answer, or a `Refusal`.
    public func reveal<Revealing: RevealingUseCase>(
        _ useCase: Revealing,
        as caller: Caller,
        options: CommandOptions,
        completion: @escaping Completion<Revealing.Answer>
    ) {
        carryOut(
            useCase,
            as: caller,
            options: options,
            { permitted, context in
                guard !options.isDryRun else {
                    throw Refusal(
                        .dryRunNotAllowed,
                        rule: .r15,
                        "A dry run would show the secret without recording it; ask without a dry run."
                    )
                }
                return try useCase.run(on: permitted.subject, in: context)
            },
            completion: completion
        )
    }

    /// Whether `useCase` would be denied, without running it: for what must not be taken from a caller who may not, such
    /// as a long upload. A denial is a ledger row.
    /// - Parameter completion: is told a `Refusal` of who may not.
    public func checkAccess(
        to useCase: any UseCase,
        as caller: Caller,
        requestID: String,
        completion: @escaping Completion<Void>
    ) {
        do {
            guard let denial = try denial(of: useCase, as: caller) else { return completion(.success(())) }
            record(denial, of: useCase as? any RecordedUseCase, as: caller, requestID: requestID) {
                completion(.failure(denial.refusal))
            }
        } catch {
            completion(.failure(error))
        }
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
        _ body: @escaping @Sendable (Permitted<Recorded.Subject>, CommandContext) throws -> Answer,
        completion: @escaping Completion<Answer>
    ) {
        let (clock, randomness, secrets, denials) = (clock, randomness, secrets, denials)
        do {
            // Who was denied often does not trouble the writer any more.
            if denials.isSpent(caller.principal, at: clock.now()), let denial = try denial(of: useCase, as: caller) {
                _ = denials.admit(caller.principal, at: clock.now())
                return completion(.failure(denial.refusal))
            }
        } catch {
            return completion(.failure(error))
        }
        store.write { transaction -> Result<Answer, Refusal> in
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
        } completion: { outcome in
            completion(Result { try outcome.get().get() })
        }
    }

    /// Nil when the caller may.
    private func denial(of useCase: some UseCase, as caller: Caller) throws -> AccessDenial? {
        let now = clock.now()
        return try store.readNow(within: .time(.seconds(60))) { reading in
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
        requestID: String,
        completion: @escaping @Sendable () -> Void
    ) {
        guard let leftOut = denials.admit(caller.principal, at: clock.now()) else { return completion() }
        let clock = clock
        store.write { transaction in
            let now = try transaction.instant(of: clock, acceptsAny: false)
            return try transaction.append(
                denial.draft(at: now, caller: caller, leftOut: leftOut, requestID: requestID, of: useCase)
            )
        } completion: { _ in
            completion()
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
        do {
            _ = try transaction.append(
                denial.draft(at: now, caller: caller, leftOut: leftOut, requestID: options.requestID, of: useCase)
            )
        } catch let refusal as Refusal where refusal.code == .registryClosed {
            // Where it went is nothing for whoever is denied.
        }
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
