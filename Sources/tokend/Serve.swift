import Glibc
import Logging
import Registry
import RegistryAPI
import RegistryEngines
import RegistryServer

/// Opens the registry, and serves it until the daemon is told to stop.
///
/// It never creates one: a mistyped path, or a disk that is not mounted, must not become a second registry.
func serve(_ configuration: DaemonConfiguration, environment: [String: String]) async throws {
    // No file of the registry is open to others, not even while it is being made.
    umask(0o077)
    raiseDescriptorLimit()
    let log = try LogOutput(path: configuration.logFile, environment: environment)
    let level = configuration.logLevel
    let logger = Logger(label: "tokend") { _ in
        JSONLogHandler(output: log, level: level) { SystemClock().now().description }
    }
    let place = RegistryPlace(
        configuration.registryPath,
        keyPath: configuration.keyFile,
        usualDirectory: RegistryPath.usual(environment, isRoot: geteuid() == 0) ?? "/var/lib/tokenctl"
    )
    func warn(_ notice: String) { logger.warning("\(notice)") }
    let registry = try place.open(onNotice: warn)
    defer { registry.close() }
    if let obstacle = registry.obstacle { warn(obstacle.detail) }
    let commits = CommitFeed()
    let metrics = ServerMetrics()
    registry.observeCommits { notice in
        metrics.recordCommit(writes: notice.writes, succeeded: notice.succeeded)
        if notice.succeeded { commits.publish() }
    }
    registry.observeAllCommits { commits.publish() }
    let daemon = Daemon(
        configuration: configuration,
        service: RegistryService(
            store: registry,
            clock: SystemClock(),
            randomness: SystemRandomSource(),
            secrets: registry.secrets
        ),
        peers: SystemPeerResolver(host: place.host),
        commits: commits,
        metrics: metrics,
        log: log,
        logger: logger,
        wouldOpenForWriting: { registry.wouldOpenForWriting }
    )
    try await daemon.run(environment: environment)
}

/// A connection is a descriptor, and the usual soft limit is 1,024.
private func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 1 << 16)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Says on standard error why the daemon does not run, and ends.
func stop(_ reason: String, exitCode: Int32) -> Never {
    let stream = getenv("JOURNAL_STREAM").map { ["JOURNAL_STREAM": String(cString: $0)] } ?? [:]
    let prefix = JournalStream.leads(from: STDERR_FILENO, stream) ? JournalStream.Priority.error.prefix : ""
    let line = Array("\(prefix)tokend: \(ActivationCode.masking(reason).escapedLines)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(exitCode)
}
