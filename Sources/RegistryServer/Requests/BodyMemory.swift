import RegistryAPI
import Synchronization

/// The memory that JSON bodies take, from their reading until their requests have been answered, so that nobody fills it.
///
/// The beginning of every body is free: connections bound it. What is longer counts, in all and by user.
final class BodyMemory: Sendable {
    /// Bytes of each body that do not count.
    static let freeSize = 64 << 10

    private let limits: ServerLimits
    private let exempt: Set<UInt32>
    private let shares = Mutex(Shares())

    /// - Parameter exempt: user ids whose bodies do not count.
    init(limits: ServerLimits, exempt: Set<UInt32>) {
        self.limits = limits
        self.exempt = exempt
    }

    /// - Throws: `RequestProblem` when too much is being sent at once.
    func take(_ bytes: Int, of user: UInt32) throws {
        guard !exempt.contains(user) else { return }
        try shares.withLock { shares in
            guard shares.has(bytes, of: user, within: limits.bodyMemory, perUser: limits.bodyMemory / 2) else {
                throw RequestProblem(.tooManyRequests, "Too much is being sent at once; try again later.")
            }
            shares.add(bytes, of: user)
        }
    }

    func give(back bytes: Int, of user: UInt32) {
        guard bytes > 0, !exempt.contains(user) else { return }
        shares.withLock { $0.add(-bytes, of: user) }
    }
}
