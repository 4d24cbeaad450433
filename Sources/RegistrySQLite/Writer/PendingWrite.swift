import Registry

/// How the commit went that several writes shared.
enum CommitOutcome: Sendable {
    case committed
    /// Nothing of any of them is in the registry.
    case failed(any Error)
}

/// A caller's write on its way through the writer.
protocol PendingWrite: Sendable {
    /// Runs the body in the writer's transaction.
    func run(in session: SQLiteSession)
    /// Answers the caller, after the commit.
    func finish(_ outcome: CommitOutcome)
}

/// Writes what is there already, to see whether the disk takes it.
final class WriteProbe: PendingWrite {
    private let ended: @Sendable () -> Void

    init(ended: @escaping @Sendable () -> Void) {
        self.ended = ended
    }

    func run(in session: SQLiteSession) {
        // The commit tells whether the header's page could be written.
        try? session.database.run("PRAGMA user_version = \(Schema.version)")
    }

    func finish(_ outcome: CommitOutcome) {
        ended()
    }
}

/// A write whose caller waits for it.
///
/// `@unchecked Sendable`: the result is touched by the writer's thread alone.
final class WaitingWrite<Answer: Sendable>: PendingWrite, @unchecked Sendable {
    private let body: @Sendable (any RegistryTransaction) throws -> Answer
    private let continuation: CheckedContinuation<Answer, any Error>
    private var result: Result<Answer, any Error>?

    init(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer,
        continuation: CheckedContinuation<Answer, any Error>
    ) {
        self.body = body
        self.continuation = continuation
    }

    func run(in session: SQLiteSession) {
        result = Result {
            try session.attempt {
                let answer = try body(session)
                try session.endRequest()
                return answer
            }
        }
    }

    func finish(_ outcome: CommitOutcome) {
        switch (outcome, result) {
        case (.committed, let result?): continuation.resume(with: result)
        case (.failed(let error), _): continuation.resume(throwing: error)
        case (.committed, nil): continuation.resume(throwing: SQLiteFailure.stopped)
        }
    }
}
