import Glibc

/// How many files and connections the process may have open.
enum DescriptorLimit {
    /// The soft limit; nil where there is none, or it cannot be told.
    static var current: Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Int(exactly: limit.rlim_cur)
    }

    static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

extension ServerLimits {
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
