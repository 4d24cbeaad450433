import Glibc
public import Registry
import RegistryAPI
import Synchronization

/// Names the user of a connection.
public protocol PeerResolver: Sendable {
    /// The caller with this user id; nil when the machine has no such user.
    func caller(userID: UInt32, groupID: UInt32) -> Caller?
}

/// Names users as the machine's user and group databases do, and remembers them for a short time.
///
/// What a caller may do is asked in the core for each request; only who they are, and in which groups, is remembered.
public final class SystemPeerResolver: PeerResolver {
    private struct Entry {
        let caller: Caller?
        let expires: ContinuousClock.Instant
    }

    private struct Key: Hashable {
        let userID: UInt32
        let groupID: UInt32
    }

    private let lifetime: Duration
    private let owner: UInt32
    private let entries = Mutex<[Key: Entry]>([:])

    /// - Parameter lifetime: how long a name and its groups are remembered.
    public init(lifetime: Duration = .seconds(5)) {
        self.lifetime = lifetime
        owner = geteuid()
    }

    public func caller(userID: UInt32, groupID: UInt32) -> Caller? {
        let key = Key(userID: userID, groupID: groupID)
        let now = ContinuousClock.now
        if let entry = entries.withLock({ $0[key] }), entry.expires > now { return entry.caller }
        let caller = lookUp(key)
        entries.withLock { entries in
            if entries.count >= 4_096 { entries = entries.filter { $0.value.expires > now } }
            entries[key] = Entry(caller: caller, expires: now.advanced(by: lifetime))
        }
        return caller
    }

    private func lookUp(_ key: Key) -> Caller? {
        guard let user = UserDatabase.user(key.userID), let principal = Principal("user:\(user.name)") else {
            return nil
        }
        let groups = UserDatabase.groupNames(of: user).compactMap { Principal("group:\($0)") }
        return Caller(principal: principal, groups: groups, ownsRegistry: key.userID == 0 || key.userID == owner)
    }
}

/// The caller who runs this process.
extension Caller {
    public static var current: Caller? {
        SystemPeerResolver().caller(userID: geteuid(), groupID: getegid())
    }
}
