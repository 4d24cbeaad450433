import Synchronization

/// The end of a connection, for work that goes on only as long as somebody waits for it.
final class ConnectionEnding: Sendable {
    /// A connection has one request in work at a time.
    private let state = Mutex<(hasEnded: Bool, cancel: (@Sendable () -> Void)?)>((false, nil))

    /// The connection has ended.
    func end() {
        let cancel = state.withLock { state in
            state.hasEnded = true
            return state.cancel
        }
        cancel?()
    }

    /// Runs `body`, and cancels it when the connection ends.
    func cancelling<Answer: Sendable>(
        _ body: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let task = Task { try await body() }
        let hasEnded = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.hasEnded
        }
        if hasEnded { task.cancel() }
        defer { state.withLock { $0.cancel = nil } }
        return try await task.cancellableValue
    }
}

extension Task where Failure == any Error {
    /// Its value; it is cancelled when the task that waits for it is.
    var cancellableValue: Success {
        get async throws {
            try await withTaskCancellationHandler {
                try await value
            } onCancel: {
                cancel()
            }
        }
    }
}
