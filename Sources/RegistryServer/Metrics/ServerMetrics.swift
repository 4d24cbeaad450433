import Synchronization

/// The daemon's figures. None of them bears a name or a code of the registry.
public final class ServerMetrics: Sendable {
    struct Connections {
        var open = 0
        var accepted = 0
        var refused = 0
        var timedOut = 0
    }

    struct Commits {
        var writes = Histogram([1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
        var failures = 0
    }

    private let meters = Mutex<[OperationMeter]>([])
    let connections = Mutex(Connections())
    let commits = Mutex(Commits())
    /// Requests that no operation answers: no such path or method, and what cannot be read.
    let unrouted = OperationMeter(name: "none")

    public init() {}

    func meter(named name: String) -> OperationMeter {
        let meter = OperationMeter(name: name)
        meters.withLock { $0.append(meter) }
        return meter
    }

    var allMeters: [OperationMeter] { meters.withLock { $0 } + [unrouted] }

    /// One durable commit of `writes` callers' writes went through, or failed.
    public func recordCommit(writes: Int, succeeded: Bool) {
        commits.withLock { commits in
            if succeeded { commits.writes.record(Double(writes)) } else { commits.failures += 1 }
        }
    }
}
