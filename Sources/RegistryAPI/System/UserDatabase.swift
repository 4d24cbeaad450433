public import Glibc

/// The machine's users and groups.
public enum UserDatabase {
    public struct User: Hashable, Sendable {
        public let name: String
        let groupID: gid_t
    }

    private static let bufferLimit = 1 << 20

    /// The user with this id; nil when there is none, or the database cannot say.
    public static func user(_ id: uid_t) -> User? {
        withGrowingBuffer { space, size -> Lookup<User> in
            var record = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let status = getpwuid_r(id, &record, space, size, &found)
            guard status == 0 else { return status == ERANGE ? .larger : .none }
            guard found != nil, let name = record.pw_name else { return .none }
            return .found(User(name: String(cString: name), groupID: record.pw_gid))
        }
    }

    /// The names of all groups that the user is in; groups without a name grant nothing, so they are left out.
    public static func groupNames(of user: User) -> [String] {
        groupIDs(of: user).compactMap(groupName)
    }

    /// The id of the group called `name`.
    public static func groupID(named name: String) -> gid_t? {
        withGrowingBuffer { space, size -> Lookup<gid_t> in
            var record = group()
            var found: UnsafeMutablePointer<group>?
            let status = getgrnam_r(name, &record, space, size, &found)
            guard status == 0 else { return status == ERANGE ? .larger : .none }
            return found == nil ? .none : .found(record.gr_gid)
        }
    }

    private static func groupIDs(of user: User) -> [gid_t] {
        var capacity: Int32 = 64
        while capacity <= 65_536 {
            var count = capacity
            var ids = [gid_t](repeating: 0, count: Int(capacity))
            if getgrouplist(user.name, user.groupID, &ids, &count) >= 0 { return Array(ids.prefix(Int(count))) }
            capacity = max(count, capacity * 2)
        }
        return []
    }

    private static func groupName(_ id: gid_t) -> String? {
        withGrowingBuffer { space, size -> Lookup<String> in
            var record = group()
            var found: UnsafeMutablePointer<group>?
            let status = getgrgid_r(id, &record, space, size, &found)
            guard status == 0 else { return status == ERANGE ? .larger : .none }
            guard found != nil, let name = record.gr_name else { return .none }
            return .found(String(cString: name))
        }
    }

    private enum Lookup<Value> {
        case found(Value)
        case none
        case larger
    }

    private static func withGrowingBuffer<Value>(
        _ body: (UnsafeMutablePointer<CChar>, Int) -> Lookup<Value>
    ) -> Value? {
        var size = 4_096
        while size <= bufferLimit {
            let lookup = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
                buffer.baseAddress.map { body($0, size) } ?? .none
            }
            switch lookup {
            case .found(let value): return value
            case .none: return nil
            case .larger: size *= 2
            }
        }
        return nil
    }
}
