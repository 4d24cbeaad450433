import FoundationEssentials
import NIOCore
import Registry
import RegistryAPI
import Synchronization

/// Answers what is asked about the daemon itself.
final class ServiceHandler: Sendable {
    private let document: ByteBuffer
    private let metrics: ServerMetrics
    private let metricsReaders: MetricsReaders
    private let started = ContinuousClock.now
    private let isStopping = Atomic<Bool>(false)
    /// Whether the registry can be read.
    private let probe: @Sendable () async -> Bool
    /// Why the registry cannot be written to; nil when it can.
    private let obstacle: @Sendable () -> Refusal?

    init(
        metrics: ServerMetrics,
        metricsReaders: MetricsReaders,
        obstacle: @escaping @Sendable () -> Refusal?,
        probe: @escaping @Sendable () async -> Bool
    ) throws {
        document = ByteBuffer(string: try OpenAPIDocument.json())
        self.metrics = metrics
        self.metricsReaders = metricsReaders
        self.obstacle = obstacle
        self.probe = probe
    }

    func stop() {
        isStopping.store(true, ordering: .relaxed)
    }

    func isReady() async -> Bool {
        if isStopping.load(ordering: .relaxed) { return false }
        return await probe()
    }

    /// - Parameter caller: asked for only where not everybody may.
    func answer(
        _ route: ServiceRoute,
        _ target: RequestTarget,
        requestID: String,
        caller: () throws -> Caller
    ) async throws -> Answer {
        if let parameter = target.query.first {
            throw InputFault(field: parameter.name, reason: "unknown parameter")
        }
        switch route {
        case .openAPI:
            return .text(document, type: route.contentType, status: 200)
        case .health:
            return .json(try WireJSON.encode(HealthResource(status: "alive")), status: 200, turn: nil)
        case .readiness:
            if let obstacle = obstacle() { throw obstacle }
            guard await isReady() else {
                throw RequestProblem(.stopping, "The daemon is stopping, or cannot read its registry.")
            }
            return .json(try WireJSON.encode(HealthResource(status: "ready")), status: 200, turn: nil)
        case .metrics:
            try metricsReaders.check(caller)
            let text = PrometheusText(metrics, uptime: started.duration(to: .now)).text
            return .text(ByteBuffer(string: text), type: route.contentType, status: 200)
        }
    }
}
