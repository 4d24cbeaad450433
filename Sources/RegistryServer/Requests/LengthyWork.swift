import NIOPosix
import RegistryAPI
import Synchronization

/// Threads for operations that read much, so that they keep no short request waiting, and turns on them, so that no
/// caller keeps them all.
///
/// Each caller has a few turns at once; further requests of the caller wait, and beyond a bound they are refused.
/// A turn lasts until the answer has been sent, so that nobody piles up answers that they do not read either.
final class LengthyWork: TaskExecutor {
    /// A turn, held from when the work may begin until its answer has been sent.
    struct Turn: Sendable {
        fileprivate let work: LengthyWork
        fileprivate let user: UInt32

        /// Lets the next one begin. Called once.
        func end() {
            work.finish(user)
        }
    }

    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var turns: Turns
        var waiters: [Int: Waiter] = [:]
        var nextTicket = 0
    }

    private let threads: NIOThreadPool
    private let state: Mutex<State>

    init(limits: ServerLimits) {
        state = Mutex(
            State(
                turns: Turns(
                    limit: limits.lengthyWork,
                    limitPerUser: limits.lengthyWorkPerUser,
                    waitingPerUser: limits.lengthyWorkWaiting
                )
            )
        )
        threads = NIOThreadPool(numberOfThreads: limits.lengthyWork)
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    /// Runs `body` on a thread for lengthy work, once it is the caller's turn.
    ///
    /// When the connection ends, `body` is cancelled, or does not begin.
    /// - Returns: what `body` returns, and the turn, which the caller ends.
    /// - Throws: what `body` throws; `CancellationError`; `RequestProblem` when too much of the caller's is waiting.
    func run<Answer: Sendable>(
        for user: UInt32,
        until ending: ConnectionEnding,
        _ body: @escaping @Sendable () async throws -> Answer
    ) async throws -> (Answer, Turn) {
        try await ending.cancelling {
            try await self.begin(user)
            let turn = Turn(work: self, user: user)
            do {
                // A task of its own begins on its executor. Asked for with `withTaskExecutorPreference`, a closure that
                // inherits its caller's isolation stays on the caller's thread once it is optimised.
                let answer = try await Task(executorPreference: self) { try await body() }.cancellableValue
                return (answer, turn)
            } catch {
                turn.end()
                throw error
            }
        }
    }

    /// Waits for a turn of `user`.
    private func begin(_ user: UInt32) async throws {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                let result: Result<Void, any Error>? = state.withLock { state in
                    // A cancellation that comes later finds the waiter.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    switch state.turns.ask(user, ticket: ticket) {
                    case .begins: return .success(())
                    case .refused(waiting: let limit): return .failure(Self.tooMuch(limit))
                    case .waits:
                        state.waiters[ticket] = waiter
                        return nil
                    }
                }
                if let result { waiter.resume(with: result) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.turns.giveUp(user, ticket: ticket)
                return state.waiters.removeValue(forKey: ticket)
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func finish(_ user: UInt32) {
        let waiters = state.withLock { state in
            state.turns.end(user).compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for waiter in waiters { waiter.resume() }
    }

    private static func tooMuch(_ limit: Int) -> RequestProblem {
        RequestProblem(
            .tooManyRequests,
            "\(limit) of your lengthy requests are already waiting, such as statements and lists; "
                + "wait for their answers, then ask again."
        )
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // A pool that has been shut down still runs what it is given, as cancelled.
        threads.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
