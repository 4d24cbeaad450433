import Synchronization

/// The end of a connection, for work that goes on only as long as somebody waits for it.
final class ConnectionEnding: Sendable {
    private struct State {
        var hasEnded = false
        var nextKey = 0
        var listeners: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// The connection has ended.
    func end() {
        let listeners = state.withLock { state in
            state.hasEnded = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener() }
    }

    /// Runs `body`, and cancels it when the connection ends.
    func cancelling<Answer: Sendable>(
        _ body: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let task = Task { try await body() }
        let key = listen { task.cancel() }
        defer { state.withLock { _ = $0.listeners.removeValue(forKey: key) } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func listen(_ listener: @escaping @Sendable () -> Void) -> Int {
        let key: Int? = state.withLock { state in
            guard !state.hasEnded else { return nil }
            state.nextKey += 1
            state.listeners[state.nextKey] = listener
            return state.nextKey
        }
        guard let key else {
            listener()
            return 0
        }
        return key
    }
}
