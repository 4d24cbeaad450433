import NIOCore
import Registry
import RegistryAPI
import Synchronization

/// Answers what is asked about the daemon itself.
final class ServiceHandler: Sendable {
    private let document: ByteBuffer
    private let alive: ByteBuffer
    private let metrics: ServerMetrics
    private let metricsReaders: MetricsReaders
    private let notices: NoticeFigures
    private let web: WebHandler
    private let started = ContinuousClock.now
    private let isStopping = Atomic<Bool>(false)
    /// Whether the registry can be read.
    private let probe: @Sendable () -> Bool
    /// Why the registry cannot be written to; nil when it can.
    private let obstacle: @Sendable () -> Refusal?

    init(
        metrics: ServerMetrics,
        metricsReaders: MetricsReaders,
        notices: NoticeFigures,
        web: WebHandler,
        obstacle: @escaping @Sendable () -> Refusal?,
        probe: @escaping @Sendable () -> Bool
    ) throws {
        document = ByteBuffer(string: try OpenAPIDocument.json())
        alive = ByteBuffer(bytes: try WireJSON.encode(HealthResource(status: "alive")))
        self.metrics = metrics
        self.metricsReaders = metricsReaders
        self.notices = notices
        self.web = web
        self.obstacle = obstacle
        self.probe = probe
    }

    func stop() {
        isStopping.store(true, ordering: .relaxed)
    }

    func isReady() -> Bool {
        !isStopping.load(ordering: .relaxed) && probe()
    }

    /// - Parameter caller: asked for only where not everybody may.
    func answer(_ exchange: Exchange, _ route: ServiceRoute, caller: () throws -> Caller) throws -> Answer {
        if let parameter = exchange.target.query.first {
            throw InputFault(field: parameter.name, reason: "unknown parameter")
        }
        let body: ByteBuffer
        switch route {
        case .openAPI: body = document
        case .health: body = alive
        case .readiness:
            if let obstacle = obstacle() { throw obstacle }
            guard isReady() else {
                throw RequestProblem(.stopping, "The daemon is stopping, or cannot read its registry.")
            }
            body = ByteBuffer(bytes: try WireJSON.encode(HealthResource(status: "ready")))
        case .metrics:
            try metricsReaders.check(caller)
            let figures = PrometheusText(
                metrics,
                uptime: started.duration(to: .now),
                notices: notices.last()
            )
            body = ByteBuffer(string: figures.text)
        case .webLink: body = ByteBuffer(bytes: try WireJSON.encode(web.link(for: exchange, caller())))
        case .webSessions: body = ByteBuffer(bytes: try WireJSON.encode(web.endSessions(of: exchange, caller())))
        }
        return Answer(body, type: route.contentType, requestID: exchange.requestID)
    }
}
