import RegistryAPI
import Synchronization

/// Counts connections, in all and by user, so that nobody takes them all.
final class ConnectionCensus: Sendable {
    enum Admission: Sendable {
        case admitted
        case refused(TransportProblem, String)
    }

    private struct State {
        var open = 0
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
        let (open, ofUser) = state.withLock { state in
            state.open += 1
            state.byUser[user, default: 0] += 1
            return (state.open, state.byUser[user, default: 0])
        }
        let admission: Admission
        if open > limits.connections {
            admission = .refused(
                .tooManyConnections,
                "The daemon serves at most \(limits.connections) connections."
            )
        } else if ofUser > limits.connectionsPerUser, !exempt.contains(user) {
            admission = .refused(
                .tooManyConnections,
                "A user may have \(limits.connectionsPerUser) connections open; close some, or use one for many requests."
            )
        } else {
            admission = .admitted
        }
        metrics.connections.withLock { connections in
            connections.open = open
            if case .admitted = admission { connections.accepted += 1 } else { connections.refused += 1 }
        }
        return admission
    }

    func leave(_ user: UInt32) {
        let open = state.withLock { state in
            state.open -= 1
            let left = state.byUser[user, default: 1] - 1
            state.byUser[user] = left > 0 ? left : nil
            return state.open
        }
        metrics.connections.withLock { $0.open = open }
    }
}
