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
        var admitted = 0
        /// Of them, those of users with a limit of their own.
        var limited = 0
        var refused = 0
        var byUser: [UInt32: Int] = [:]
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
        let isExempt = exempt.contains(user)
        let limitOfOthers = limits.connections - limits.connectionsKept
        let (admission, open) = state.withLock { state -> (Admission, Int) in
            let admission: Admission
            if state.admitted >= limits.connections || (!isExempt && state.limited >= limitOfOthers) {
                admission = refusal(state, "The daemon serves at most \(limits.connections) connections.")
            } else if !isExempt, state.byUser[user, default: 0] >= limits.connectionsPerUser {
                admission = refusal(
                    state,
                    "A user may have \(limits.connectionsPerUser) connections open; close some, or use one for many requests."
                )
            } else {
                admission = .admitted
            }
            switch admission {
            case .admitted:
                state.admitted += 1
                if !isExempt { state.limited += 1 }
                state.byUser[user, default: 0] += 1
            case .refused: state.refused += 1
            case .turnedAway: break
            }
            return (admission, state.admitted + state.refused)
        }
        metrics.connections.withLock { connections in
            connections.open = open
            if case .admitted = admission { connections.accepted += 1 } else { connections.refused += 1 }
        }
        return admission
    }

    /// A connection of `user`, who was let in so, has ended.
    func leave(_ user: UInt32, _ admission: Admission) {
        let open = state.withLock { state in
            switch admission {
            case .admitted:
                state.admitted -= 1
                if !exempt.contains(user) { state.limited -= 1 }
                let left = state.byUser[user, default: 1] - 1
                state.byUser[user] = left > 0 ? left : nil
            case .refused: state.refused -= 1
            case .turnedAway: break
            }
            return state.admitted + state.refused
        }
        metrics.connections.withLock { $0.open = open }
    }

    private func refusal(_ state: State, _ detail: String) -> Admission {
        state.refused < ServerLimits.refusedAtOnce ? .refused(.tooManyConnections, detail) : .turnedAway
    }
}
