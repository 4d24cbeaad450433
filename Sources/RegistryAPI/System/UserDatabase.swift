public import Glibc

/// The machine's users and groups.
public enum UserDatabase {
    /// A user of this machine.
    public struct User: Hashable, Sendable {
        /// The login name.
        public let name: String
        let groupID: gid_t
    }

    private static let roomSize = 1 << 20

    /// The user with this id; nil when there is none, or the database cannot say.
    public static func user(_ id: uid_t) -> User? {
        withRoom { room in
            var record = passwd()
            var found: UnsafeMutablePointer<passwd>?
            guard getpwuid_r(id, &record, room, roomSize, &found) == 0, found != nil,
                let name = record.pw_name
            else { return nil }
            return User(name: String(cString: name), groupID: record.pw_gid)
        }
    }

    /// The names of all groups that the user is in; groups without a name grant nothing, so they are left out.
    public static func groupNames(of user: User) -> [String] {
        // As many as the kernel gives to a process.
        var count: Int32 = 65_536
        var ids = [gid_t](repeating: 0, count: Int(count))
        guard getgrouplist(user.name, user.groupID, &ids, &count) >= 0 else { return [] }
        return ids.prefix(Int(count)).compactMap(groupName)
    }

    /// The id of the group called `name`.
    public static func groupID(named name: String) -> gid_t? {
        group { getgrnam_r(name, $0, $1, roomSize, $2) }?.id
    }

    /// The name of the group with this id.
    public static func groupName(_ id: gid_t) -> String? {
        group { getgrgid_r(id, $0, $1, roomSize, $2) }?.name
    }

    private static func group(
        _ find: (
            UnsafeMutablePointer<group>, UnsafeMutablePointer<CChar>,
            UnsafeMutablePointer<UnsafeMutablePointer<group>?>
        ) -> Int32
    ) -> (name: String, id: gid_t)? {
        withRoom { room in
            var record = Glibc.group()
            var found: UnsafeMutablePointer<group>?
            guard find(&record, room, &found) == 0, found != nil, let name = record.gr_name else { return nil }
            return (String(cString: name), record.gr_gid)
        }
    }

    /// Room for the texts of a record: a group may have many members.
    private static func withRoom<Value>(_ body: (UnsafeMutablePointer<CChar>) -> Value?) -> Value? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: roomSize) { $0.baseAddress.flatMap(body) }
    }
}
