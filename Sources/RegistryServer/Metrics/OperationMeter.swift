import Synchronization

/// How often one operation was asked for, how it ended, and how long it took.
final class OperationMeter: Sendable {
    struct Figures {
        var countByStatus: [Int: Int] = [:]
        var seconds = Histogram([0.000_25, 0.001, 0.002_5, 0.01, 0.05, 0.25, 1, 5])
    }

    let name: String
    private let state = Mutex(Figures())

    init(name: String) {
        self.name = name
    }

    var figures: Figures { state.withLock { $0 } }

    func record(status: Int, duration: Duration) {
        let elapsed = duration / .seconds(1)
        state.withLock { figures in
            figures.countByStatus[status, default: 0] += 1
            figures.seconds.record(elapsed)
        }
    }
}
