import RegistryAPI
import Synchronization

/// The memory that JSON bodies take, from their reading until their requests have been answered, so that nobody fills it.
///
/// The beginning of every body is free: connections bound it. What is longer counts, in all and by user.
final class BodyMemory: Sendable {
    /// What one body takes.
    final class Share: Sendable {
        private let memory: BodyMemory
        private let user: UInt32
        private let taken = Mutex(0)

        fileprivate init(_ memory: BodyMemory, of user: UInt32) {
            self.memory = memory
            self.user = user
        }

        /// The body is to have `count` bytes, of which some may have been taken before.
        /// - Throws: `RequestProblem` when too much is being sent at once.
        func grow(to count: Int) throws {
            try taken.withLock { taken in
                let more = count - BodyMemory.freeSize - taken
                guard more > 0 else { return }
                try memory.take(more, of: user)
                taken += more
            }
        }

        /// The request has been answered. Called once.
        func end() {
            memory.give(back: taken.withLock { $0 }, of: user)
        }
    }

    private struct State {
        var all = 0
        var byUser: [UInt32: Int] = [:]
    }

    /// Bytes of each body that do not count.
    static let freeSize = 64 << 10

    private let limits: ServerLimits
    private let exempt: Set<UInt32>
    private let state = Mutex(State())

    /// - Parameter exempt: user ids whose bodies do not count.
    init(limits: ServerLimits, exempt: Set<UInt32>) {
        self.limits = limits
        self.exempt = exempt
    }

    func share(of user: UInt32) -> Share {
        Share(self, of: user)
    }

    private func take(_ bytes: Int, of user: UInt32) throws {
        guard !exempt.contains(user) else { return }
        try state.withLock { state in
            guard state.byUser[user, default: 0] + bytes <= limits.bodyMemory / 2,
                state.all + bytes <= limits.bodyMemory
            else { throw RequestProblem(.tooManyRequests, "Too much is being sent at once; try again later.") }
            state.all += bytes
            state.byUser[user, default: 0] += bytes
        }
    }

    private func give(back bytes: Int, of user: UInt32) {
        guard bytes > 0, !exempt.contains(user) else { return }
        state.withLock { state in
            state.all -= bytes
            let left = state.byUser[user, default: bytes] - bytes
            state.byUser[user] = left > 0 ? left : nil
        }
    }
}
