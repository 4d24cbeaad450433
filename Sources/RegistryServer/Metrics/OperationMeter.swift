import Synchronization

/// How often one operation was asked for, how it ended, and how long it took.
final class OperationMeter: Sendable {
    /// Upper bounds of the latency histogram, in seconds.
    static let bounds: [Double] = [0.000_25, 0.001, 0.002_5, 0.01, 0.05, 0.25, 1, 5]

    struct Figures {
        var countByStatus: [Int: Int] = [:]
        /// Not cumulative; the last is beyond every bound.
        var buckets = [Int](repeating: 0, count: OperationMeter.bounds.count + 1)
        var seconds = 0.0
    }

    let name: String
    private let state = Mutex(Figures())

    init(name: String) {
        self.name = name
    }

    var figures: Figures { state.withLock { $0 } }

    func record(status: Int, duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let elapsed = Double(seconds) + Double(attoseconds) * 1e-18
        let bucket = Self.bounds.firstIndex { elapsed <= $0 } ?? Self.bounds.count
        state.withLock { figures in
            figures.countByStatus[status, default: 0] += 1
            figures.buckets[bucket] += 1
            figures.seconds += elapsed
        }
    }
}
