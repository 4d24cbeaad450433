import Glibc
public import Registry
import RegistryAPI
import Synchronization

/// Names the user of a connection.
public protocol PeerResolver: Sendable {
    /// The caller with this user id; nil when the machine has no such user.
    func caller(userID: UInt32) -> Caller?
}

/// Names users as the machine's user and group databases do, and remembers them for a short time.
///
/// What a caller may do is asked in the core for each request; only who they are, and in which groups, is remembered.
public final class SystemPeerResolver: PeerResolver {
    private static let lifetime = Duration.seconds(5)

    private let owner = geteuid()
    private let entries = Mutex<[UInt32: (caller: Caller?, expires: ContinuousClock.Instant)]>([:])

    private let host: String?

    /// - Parameter host: this one's name, where several use the registry.
    public init(host: String? = nil) {
        self.host = host
    }

    public func caller(userID: UInt32) -> Caller? {
        let now = ContinuousClock.now
        if let entry = entries.withLock({ $0[userID] }), entry.expires > now { return entry.caller }
        let caller = lookUp(userID)
        entries.withLock { entries in
            if entries.count >= 4_096 { entries = entries.filter { $0.value.expires > now } }
            entries[userID] = (caller, now.advanced(by: Self.lifetime))
        }
        return caller
    }

    private func lookUp(_ userID: UInt32) -> Caller? {
        guard let user = UserDatabase.user(userID), let principal = Principal("user:\(user.name)") else { return nil }
        let groups = UserDatabase.groupNames(of: user).compactMap { Principal("group:\($0)") }
        return Caller(principal: principal, groups: groups, ownsRegistry: userID == 0 || userID == owner)
            .of(host: host)
    }
}

extension Caller {
    /// The caller who runs this process; nil when the machine has no such user.
    public static var current: Caller? {
        SystemPeerResolver().caller(userID: geteuid())
    }
}
