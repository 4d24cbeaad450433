package import Registry

/// How the commit went that several writes shared.
package enum CommitOutcome: Sendable {
    case committed
    /// Nothing of any of them is in the registry.
    case failed(any Error)
}

/// A caller's write on its way through the writer.
package protocol PendingWrite: Sendable {
    /// Runs the body in the writer's transaction.
    func run(in session: SQLSession)
    /// Answers the caller, after the commit.
    func finish(_ outcome: CommitOutcome)
}

/// Writes what is there already, to see whether the disk takes it.
package final class WriteProbe: PendingWrite {
    private let write: @Sendable (any SQLConnection) throws -> Void
    private let ended: @Sendable () -> Void

    package init(
        _ write: @escaping @Sendable (any SQLConnection) throws -> Void,
        ended: @escaping @Sendable () -> Void
    ) {
        self.write = write
        self.ended = ended
    }

    package func run(in session: SQLSession) {
        // The commit tells whether the header's page could be written.
        try? write(session.database)
    }

    package func finish(_ outcome: CommitOutcome) {
        ended()
    }
}

/// A write whose caller is told of its outcome.
///
/// `@unchecked Sendable`: the result is touched by the writer's thread alone.
package final class WaitingWrite<Answer: Sendable>: PendingWrite, @unchecked Sendable {
    private let body: @Sendable (any RegistryTransaction) throws -> Answer
    private let completion: Completion<Answer>
    private var result: Result<Answer, any Error>?

    package init(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer,
        completion: @escaping Completion<Answer>
    ) {
        self.body = body
        self.completion = completion
    }

    package func run(in session: SQLSession) {
        result = Result {
            try session.attempt {
                let answer = try body(session)
                try session.endRequest()
                return answer
            }
        }
    }

    package func finish(_ outcome: CommitOutcome) {
        switch (outcome, result) {
        case (.committed, let result?): completion(result)
        case (.failed(let error), _): completion(.failure(error))
        case (.committed, nil): completion(.failure(StoreFailure.stopped))
        }
    }
}

/// What makes writes durable, together.
package protocol GroupCommitting: Sendable {
    /// Runs the writes of `batch` as one transaction, makes it durable, and answers every caller.
    func commit(_ batch: WriteBatch)
}
