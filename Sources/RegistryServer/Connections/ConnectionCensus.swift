import RegistryAPI
import Synchronization

/// Counts connections, in all and by user, so that nobody takes them all.
///
/// Some are kept for those who have no limit of their own: root and the daemon's user. Who is refused is told so, as long
/// as there are few of them; more are turned away without a word, so that refusing costs next to nothing.
final class ConnectionCensus: Sendable {
    enum Admission: Sendable {
        case admitted
        case refused(TransportProblem, String)
        /// Refused, and closed at once.
        case turnedAway
    }

    private struct State {
        var admitted = Shares()
        /// Of them, those of users without a limit of their own.
        var exempt = 0
        var refused = 0
    }

    private let limits: ServerLimits
    private let exempt: Set<UInt32>
    private let metrics: ServerMetrics
    private let state = Mutex(State())

    /// - Parameter exempt: user ids without a limit of their own.
    init(limits: ServerLimits, exempt: Set<UInt32>, metrics: ServerMetrics) {
        self.limits = limits
        self.exempt = exempt
        self.metrics = metrics
    }

    /// Counts a connection of `user`; every one is taken leave of, a refused one too.
    func enter(_ user: UInt32) -> Admission {
        let admission = state.withLock { state in
            let admission = self.admission(of: user, state)
            count(1, user, admission, &state)
            return admission
        }
        metrics.connections.withLock { connections in
            if case .admitted = admission { connections.accepted += 1 } else { connections.refused += 1 }
        }
        return admission
    }

    /// A connection of `user`, who was let in so, has ended.
    func leave(_ user: UInt32, _ admission: Admission) {
        state.withLock { count(-1, user, admission, &$0) }
    }

    private func admission(of user: UInt32, _ state: State) -> Admission {
        let isExempt = exempt.contains(user)
        let isFull =
            state.admitted.all >= limits.connections
            || (!isExempt && state.admitted.all - state.exempt >= limits.connections - limits.connectionsKept)
        guard isFull || (!isExempt && state.admitted[user] >= limits.connectionsPerUser) else { return .admitted }
        guard state.refused < ServerLimits.refusedAtOnce else { return .turnedAway }
        return .refused(
            .tooManyConnections,
            isFull
                ? "The daemon serves at most \(limits.connections) connections."
                : "A user may have \(limits.connectionsPerUser) connections open; close some, or use one for many requests."
        )
    }

    private func count(_ change: Int, _ user: UInt32, _ admission: Admission, _ state: inout State) {
        switch admission {
        case .admitted:
            state.admitted.add(change, of: user)
            if exempt.contains(user) { state.exempt += change }
        case .refused: state.refused += change
        case .turnedAway: return
        }
        metrics.connections.withLock { $0.open += change }
    }
}
