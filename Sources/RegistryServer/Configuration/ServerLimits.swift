import Glibc
import RegistryAPI

/// What a client may ask of the daemon. All sizes are in bytes.
public struct ServerLimits: Hashable, Sendable {
    /// A JSON body.
    public var bodySize = 4 << 20
    /// A JSON body with a renewal's plan, which names every user whose seat ends: some 100 bytes for each.
    private var planSize: Int { 8 * bodySize }
    /// All JSON bodies together, beyond the beginning of each; half of it for one user.
    var bodyMemory: Int { 16 * bodySize }
    /// An uploaded file.
    public var uploadSize = 256 << 20
    /// All headers of a request together.
    public var headerSize = 32 << 10
    public var headerCount = 100
    /// Fewer where the process may not open so many files. Some are kept for root and the daemon's own user.
    public var connections = 4_096
    /// For everyone but root and the daemon's own user.
    public var connectionsPerUser = 1_024
    /// Files that are being uploaded, of all users together.
    public var uploadsAtOnce = 16
    public var uploadsAtOncePerUser = 4
    /// Bytes of all files that are being uploaded.
    public var spoolSize = 1 << 30
    /// Bytes that uploads leave free where they are kept, for the registry to go on.
    public var spoolReserve = 256 << 20
    /// Statements, lists and other operations that read much, at once.
    public var lengthyWork = 4
    public var lengthyWorkPerUser = 2
    /// Of one user, beside those that run.
    public var lengthyWorkWaiting = 100
    /// Between two requests.
    public var idleTimeout: Duration = .seconds(120)
    /// From a request's first byte to the end of its head.
    public var headerTimeout: Duration = .seconds(10)
    /// From a request's head to the end of its JSON body.
    public var bodyTimeout: Duration = .seconds(30)
    /// From a request's head to the end of its file.
    public var uploadTimeout: Duration = .seconds(600)
    /// While a client does not read its answer.
    public var writeTimeout: Duration = .seconds(30)
    /// For what was accepted, once the daemon was told to stop.
    public var shutdownTimeout: Duration = .seconds(20)

    public init() {}

    /// How long a JSON body of the operation may be.
    func bodySize(of entry: Endpoint) -> Int {
        entry.takesPlan ? planSize : bodySize
    }
}

extension ServerLimits {
    /// How many files and connections the process may have open; nil where there is no limit, or it cannot be told.
    static var descriptors: Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Int(exactly: limit.rlim_cur)
    }

    /// How many connections are told that they are refused, at once.
    static let refusedAtOnce = 32
    /// The fewest connections that a daemon is worth starting for.
    static let fewestConnections = 16

    /// How many of the connections only root and the daemon's user may have.
    var connectionsKept: Int { min(64, connections / 16) }

    /// The descriptors that are not connections: the daemon's own, its readers' on each thread, and uploads.
    func descriptorsBesideConnections(processors: Int) -> Int {
        48 + 4 * (processors + lengthyWork) + uploadsAtOnce + Self.refusedAtOnce
    }

    /// These limits, with no more connections than there are descriptors for, of which nobody may have more than half.
    ///
    /// - Parameter descriptors: how many the process may have open; nil for no limit.
    /// - Throws: `StartupFailure` when they are too few to serve anybody.
    func fitted(toDescriptors descriptors: Int?, processors: Int) throws -> ServerLimits {
        guard let descriptors else { return self }
        let others = descriptorsBesideConnections(processors: processors)
        guard descriptors - others >= Self.fewestConnections else {
            throw StartupFailure(
                "The process may have \(descriptors) files open; the daemon needs \(others + Self.fewestConnections). "
                    + "Raise the limit (ulimit -n, LimitNOFILE=)."
            )
        }
        guard descriptors - others < connections else { return self }
        var fitted = self
        fitted.connections = descriptors - others
        fitted.connectionsPerUser = min(connectionsPerUser, max(1, (fitted.connections - fitted.connectionsKept) / 2))
        return fitted
    }
}
