import Glibc
public import Logging
public import Registry
import RegistryAPI
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The daemon: serves a registry on a socket until it is told to stop.
public struct Daemon: Sendable {
    private let configuration: DaemonConfiguration
    private let service: RegistryService
    private let peers: any PeerResolver
    private let commits: CommitFeed
    private let metrics: ServerMetrics
    private let log: LogOutput
    private let logger: Logger
    private let wouldOpenForWriting: @Sendable () -> Bool

    /// - Parameters:
    ///   - commits: whoever writes to the registry in this process tells it.
    ///   - wouldOpenForWriting: asked now and then while the registry cannot be written to; the daemon ends once it could.
    public init(
        configuration: DaemonConfiguration,
        service: RegistryService,
        peers: any PeerResolver = SystemPeerResolver(),
        commits: CommitFeed,
        metrics: ServerMetrics,
        log: LogOutput,
        logger: Logger,
        wouldOpenForWriting: @escaping @Sendable () -> Bool = { false }
    ) {
        self.configuration = configuration
        self.service = service
        self.peers = peers
        self.commits = commits
        self.metrics = metrics
        self.log = log
        self.logger = logger
        self.wouldOpenForWriting = wouldOpenForWriting
    }

    /// Serves until SIGTERM or SIGINT, or until the task's graceful shutdown, and then finishes what was accepted.
    ///
    /// - Parameters:
    ///   - environment: with `NOTIFY_SOCKET` and the watchdog's figures.
    ///   - handlesSignals: whether SIGTERM, SIGINT and SIGHUP are the daemon's.
    ///   - onReady: called once the socket takes connections.
    /// - Throws: `StartupFailure` when the socket cannot be had; `ConfigurationFault`.
    public func run(
        environment: [String: String],
        handlesSignals: Bool = true,
        onReady: @escaping @Sendable () -> Void = {}
    ) async throws {
        let group = try configuration.group.map { name in
            guard let id = UserDatabase.groupID(named: name) else {
                throw StartupFailure("Unknown group \"\(name)\".")
            }
            return id
        }
        let limits = try configuration.limits.fitted(
            toDescriptors: ServerLimits.descriptors,
            processors: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        )
        if limits.connections < configuration.limits.connections {
            logger.notice(
                "The limit on open files allows fewer connections",
                metadata: ["connections": "\(limits.connections)", "user-connections": "\(limits.connectionsPerUser)"]
            )
        }
        let spool = UploadSpool(directory: configuration.spoolPath, limits: limits)
        try spool.check()
        let socket = try SocketFile(path: configuration.socketPath)
        // Nobody but the owner may connect before the socket has its group and mode.
        umask(0o077)
        // A client, or whoever reads the log, may go away at any time.
        signal(SIGPIPE, SIG_IGN)
        defer { socket.remove() }
        let manager = ServiceManager(environment: environment)
        let turns = LengthyWork(limits: limits)
        let web = WebHandler(
            service: service,
            peers: peers,
            sessions: WebSessions(bounds: configuration.webBounds),
            turns: turns,
            metrics: metrics,
            logger: logger
        )
        let handler = try ServiceHandler(
            metrics: metrics,
            metricsReaders: configuration.metricsReaders,
            notices: NoticeFigures(service: service, threads: turns),
            web: web,
            obstacle: { [service] in service.obstacle },
            probe: probe
        )
        let failure = Mutex<StartupFailure?>(nil)
        let server = makeServer(handler, web, turns, limits, spool) {
            [logger, path = configuration.socketPath] webAddress in
            do {
                try socket.open(to: group)
            } catch {
                failure.withLock { $0 = error as? StartupFailure }
                return false
            }
            logger.info("Serving", metadata: ["socket": "\(path)"])
            if let webAddress {
                web.open(at: webAddress)
                logger.info("Serving browsers", metadata: ["address": "\(webAddress)"])
            }
            manager.ready("Serving \(path)")
            onReady()
            return true
        }
        var services: [any Service] = [
            server,
            // Other processes commit to the registry, too.
            Repeating(interval: .seconds(2)) { [commits] in commits.publish() },
        ]
        if let interval = manager.watchdogInterval {
            services.append(Repeating(interval: interval / 2) { if handler.isReady() { manager.alive() } })
        }
        if handlesSignals { services.append(Hangup(log: log)) }
        if service.obstacle != nil {
            services.append(Repeating.readOnlyStart(wouldOpenForWriting: wouldOpenForWriting))
        }
        // The last service is told first that the daemon stops.
        services.append(Stopping(commits: commits, handler: handler, manager: manager, logger: logger))
        var lifecycle = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                )
            },
            gracefulShutdownSignals: handlesSignals ? [.sigterm, .sigint] : [],
            logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
        )
        lifecycle.maximumGracefulShutdownDuration = configuration.limits.shutdownTimeout
        try await ServiceGroup(configuration: lifecycle).run()
        if let failure = failure.withLock({ $0 }) { throw failure }
        logger.info("Stopped")
    }

    /// Whether the registry can be read, and is the one that was opened.
    private func probe() -> Bool {
        // Looks whether the database is still in its place, which a read alone does not.
        if let obstacle = service.obstacle {
            logger.error("The registry cannot be written to", metadata: ["error": "\(obstacle.detail)"])
        }
        do {
            try service.checkReadable()
            return true
        } catch {
            logger.error("The registry cannot be read", metadata: ["error": "\(error)"])
            return false
        }
    }

    private func makeServer(
        _ handler: ServiceHandler,
        _ web: WebHandler,
        _ turns: LengthyWork,
        _ limits: ServerLimits,
        _ spool: UploadSpool,
        onRunning: @escaping @Sendable (WebAddress?) -> Bool
    ) -> LocalServer {
        // Root and the daemon's own user.
        let unlimited: Set<UInt32> = [0, geteuid()]
        return LocalServer(
            socketPath: configuration.socketPath,
            webAddress: configuration.web,
            limits: limits,
            census: ConnectionCensus(limits: limits, exempt: unlimited, metrics: metrics),
            metrics: metrics,
            dispatcher: RequestDispatcher(
                routes: RouteTable(EndpointTable.all, metrics: metrics),
                operations: OperationHandler(
                    service: service,
                    peers: peers,
                    limits: limits,
                    spool: spool,
                    bodies: BodyMemory(limits: limits, exempt: unlimited),
                    commits: commits,
                    shortWork: ShortWork(waits: service.readsWait),
                    lengthyWork: turns
                ),
                service: handler,
                web: web,
                metrics: metrics,
                logger: logger
            ),
            onRunning: onRunning
        )
    }
}

/// Says that the daemon stops, and ends what would otherwise go on for ever.
private struct Stopping: Service {
    let commits: CommitFeed
    let handler: ServiceHandler
    let manager: ServiceManager
    let logger: Logger

    func run() async throws {
        try? await gracefulShutdown()
        logger.info("Stopping: finishing what was accepted")
        manager.stopping()
        handler.stop()
        commits.finish()
    }
}
