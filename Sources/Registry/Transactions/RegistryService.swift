import FoundationEssentials

/// The registry's use cases, against its ports: what the command line without a daemon calls, and the daemon.
public struct RegistryService: Sendable {
    let store: any RegistryStore
    let clock: any InstantSource
    let randomness: any RandomSource
    let secrets: any SecretBox

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

    /// Where the registry is, in its engine's words.
    public var location: String { store.location }

    /// Why nothing can be written, or not even read, here and now; nil when nothing stands in the way.
    public var obstacle: Refusal? { store.obstacle }

    /// Answers `query` from one consistent state. A denial is a ledger row.
    /// - Throws: `Refusal`.
    public func answer<Query: RegistryQuery>(
        _ query: Query,
        as caller: Caller,
        requestID: String = "none"
    ) async throws -> Query.Answer {
        let now = clock.now()
        try LedgerClock.requirePlausible(now)
        let secrets = secrets
        do {
            return try await store.read(within: Query.timeLimit) { reading in
                try query.answer(in: QueryContext(reading: reading, now: now, caller: caller, secrets: secrets))
            }
        } catch let refusal as Refusal where refusal.code == .accessDenied {
            // Who cannot write to the registry is denied all the same.
            _ = try? await perform(
                RecordDenial(refusal),
                as: caller,
                options: CommandOptions(requestID: requestID)
            )
            throw refusal
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
        let clock = clock
        let randomness = randomness
        let secrets = secrets
        let request = try options.idempotencyKey.map { _ in try command.canonicalRequest(overrides: options.overrides) }
        let outcome: Result<Command.Answer, Refusal> = try await store.write { transaction in
            if let key = options.idempotencyKey, let earlier = try transaction.rememberedAnswer(for: key) {
                guard earlier.request == request else {
                    throw Refusal(
                        .idempotencyKeyReused,
                        "The idempotency key \(key) was used before with another request; use a new key for a new request."
                    )
                }
                return .success(try JSONDecoder().decode(Command.Answer.self, from: Data(earlier.answer.utf8)))
            }
            let now = clock.now()
            try LedgerClock.requirePlausible(now)
            if !Command.acceptsAnyClock, let last = try transaction.auditHead()?.at {
                try LedgerClock.check(now, against: last)
            }
            let context = CommandContext(
                transaction: transaction,
                now: now,
                caller: caller,
                randomness: randomness,
                secrets: secrets,
                options: options
            )
            if options.isDryRun {
                return .success(try transaction.rehearse { try command.run(in: context) })
            }
            do {
                let before = try transaction.lastAuditSequence()
                let answer = try transaction.attempt { try command.run(in: context) }
                // What appended nothing to the ledger changed nothing, and is answered anew.
                if let key = options.idempotencyKey, let request, try transaction.lastAuditSequence() != before {
                    let encoded = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
                    try transaction.remember(RememberedAnswer(request: request, answer: encoded), for: key)
                }
                return .success(answer)
            } catch let refusal as Refusal where command.isRecorded(refusal) && !refusal.code.isEngineFault {
                try context.record(
                    "\(Command.action)-refused",
                    subject: refusal.fact("subject") ?? command.subjectOfRefusal,
                    changes: [
                        "code": .text(refusal.code.rawValue),
                        "rule": refusal.rule.map { .text($0.rawValue) } ?? .null,
                    ]
                )
                return .failure(refusal)
            }
        }
        return try outcome.get()
    }
}

/// How a command is carried out, whatever the command is.
public struct CommandOptions: Sendable {
    /// The same checks and the same answer, but nothing is written.
    public var isDryRun: Bool
    /// The same key and request always return the first answer.
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
