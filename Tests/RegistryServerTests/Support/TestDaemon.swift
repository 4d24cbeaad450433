import Foundation
import Logging
import RegistryAPI
import RegistryClient
import RegistrySQLite
import RegistryServer
import ServiceLifecycle
import Synchronization

@testable import Registry

/// A daemon in this process, on a socket and a registry of a test's own.
final class TestDaemon: Sendable {
    let directory: String
    let socketPath: String
    let registry: SQLiteRegistry
    /// The registry as the daemon sees it, whose reads can be held.
    let store: HeldStore
    let service: RegistryService
    let peers: TestPeers
    private let group: ServiceGroup

    static let owner = Caller(principal: Principal(stored: "user:owner"), groups: [], ownsRegistry: true)

    init(
        in directory: String,
        limits: ServerLimits,
        environment: [String: String],
        web: WebAddress? = nil,
        ready: @escaping @Sendable () -> Void
    )
        throws
    {
        self.directory = directory
        socketPath = "\(directory)/s"
        let registryDirectory = RegistryDirectory(path: "\(directory)/r")
        _ = try SQLiteRegistry.create(
            registryDirectory,
            programs: BuiltInPrograms.all,
            skus: SKUCatalogue.embedded,
            at: TestClock().now(),
            actor: Self.owner.principal,
            requestID: "init"
        )
        let registry = try SQLiteRegistry.open(registryDirectory)
        self.registry = registry
        store = HeldStore(registry)
        service = RegistryService(
            store: store,
            clock: TestClock(),
            randomness: SystemRandomSource(),
            secrets: registry.secrets
        )
        peers = TestPeers(Self.owner)
        let commits = CommitFeed()
        let metrics = ServerMetrics()
        registry.observeCommits { notice in
            metrics.recordCommit(writes: notice.writes, succeeded: notice.succeeded)
            commits.publish()
        }
        var configuration = DaemonConfiguration(registryPath: registryDirectory.path, socketPath: socketPath)
        configuration.limits = limits
        configuration.web = web
        configuration.spoolPath = directory
        let log = try LogOutput(path: "\(directory)/log")
        let daemon = Daemon(
            configuration: configuration,
            service: service,
            peers: peers,
            commits: commits,
            metrics: metrics,
            log: log,
            logger: Logger(label: "test") { _ in JSONLogHandler(output: log, level: .debug) { "now" } }
        )
        group = ServiceGroup(
            services: [RunningDaemon(daemon: daemon, environment: environment, ready: ready)],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    func run() async throws { try await group.run() }
    func stop() async { await group.triggerGracefulShutdown() }

    func perform<Command: RegistryCommand>(_ command: Command) async throws -> Command.Answer {
        try await service.perform(command, as: Self.owner, options: CommandOptions(requestID: "test"))
    }

    func perform<Import: FileImport>(_ useCase: Import) async throws -> Import.Answer {
        try await service.perform(useCase, as: Self.owner, options: CommandOptions(requestID: "test"))
    }

    /// Adds an organisation of this id.
    func organization(_ id: String) throws -> AddOrganization {
        AddOrganization(
            id: OrganizationID(stored: id),
            name: KeptText(stored: id),
            country: try CountryCode("DE"),
            timeZone: .utc
        )
    }

    private struct RunningDaemon: Service {
        let daemon: Daemon
        let environment: [String: String]
        let ready: @Sendable () -> Void

        func run() async throws {
            try await daemon.run(environment: environment, handlesSignals: false, onReady: ready)
        }
    }
}

/// Says who calls, in place of the machine's user database.
final class TestPeers: PeerResolver {
    private let current: Mutex<Caller?>

    init(_ caller: Caller?) {
        current = Mutex(caller)
    }

    func become(_ caller: Caller?) {
        current.withLock { $0 = caller }
    }

    func caller(userID: UInt32) -> Caller? {
        current.withLock { $0 }
    }

    static func user(_ name: String, groups: [String] = []) -> Caller {
        Caller(
            principal: Principal(stored: "user:\(name)"),
            groups: groups.map { Principal(stored: "group:\($0)") },
            ownsRegistry: false
        )
    }
}

/// 2026-03-02 09:30, for ever.
struct TestClock: InstantSource {
    func now() -> Instant { Instant(microsecondsSinceEpoch: 1_772_443_800_000_000) }
}

/// Runs a daemon while `body` runs, and removes everything after it.
func withDaemon<Answer: Sendable>(
    limits: ServerLimits = ServerLimits(),
    environment: [String: String] = [:],
    web: WebAddress? = nil,
    _ body: @escaping @Sendable (TestDaemon) async throws -> Answer
) async throws -> Answer {
    try await withShortDirectory { directory in
        let (ready, continuation) = AsyncStream<Void>.makeStream()
        let daemon = try TestDaemon(in: directory, limits: limits, environment: environment, web: web) {
            continuation.finish()
        }
        defer { daemon.registry.close() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await daemon.run()
            }
            for await _ in ready {}
            let result: Result<Answer, any Error>
            do {
                result = .success(try await body(daemon))
            } catch {
                result = .failure(error)
            }
            await daemon.stop()
            try await group.waitForAll()
            return try result.get()
        }
    }
}

/// Makes a short directory under /tmp (a socket's path has 107 bytes), and removes it.
func withShortDirectory<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
    var template = Array("/tmp/td-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { preconditionFailure("/tmp cannot be written to") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
