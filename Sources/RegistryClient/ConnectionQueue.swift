import Glibc
import NIOCore

/// Waits for a place among those who wait to be let in by the daemon, as a blocking `connect` would.
struct ConnectionQueue: Sendable {
    /// How long to try, in all.
    private let patience: Duration
    private static let longestPause = Duration.milliseconds(50)

    private let pause: @Sendable (Duration) async throws -> Void

    /// - Parameter pause: waits for a while.
    init(
        patience: Duration = .seconds(30),
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.patience = patience
        self.pause = pause
    }

    /// Runs `body`, and again where it could not connect because too many were waiting, which sends nothing.
    func enter<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        var waited = Duration.zero
        var next = Duration.milliseconds(2)
        while true {
            do {
                return try await body()
            } catch let error as IOError where error.errnoCode == EAGAIN && waited < patience {
                try await pause(next)
                waited += next
                next = min(next + next, Self.longestPause)
            }
        }
    }
}
