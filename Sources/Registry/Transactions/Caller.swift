/// Who asks: a user of this machine, as the kernel names them.
public struct Caller: Hashable, Sendable {
    /// `user:NAME`.
    public let principal: Principal
    /// `group:NAME` of every group the user is in.
    public let groups: [Principal]
    /// Root and the registry's own user: they may do everything, since they can read the registry's key.
    public let ownsRegistry: Bool

    public init(principal: Principal, groups: [Principal], ownsRegistry: Bool) {
        self.principal = principal
        self.groups = groups
        self.ownsRegistry = ownsRegistry
    }

    /// The same user where several hosts use a registry, each with users of its own: `user:NAME@HOST`.
    /// - Parameter host: nil where one host does.
    public func of(host: String?) -> Caller {
        guard let host else { return self }
        func named(_ principal: Principal) -> Principal { Principal(stored: "\(principal)@\(host)") }
        return Caller(principal: named(principal), groups: groups.map(named), ownsRegistry: ownsRegistry)
    }
}

/// Whom a permission is granted to: `user:NAME` or `group:NAME`, and `user:NAME@HOST` where several hosts use a registry.
public struct Principal: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// Nil unless `text` is `user:` or `group:` and a name of 1 to 128 characters without blanks, colons or unseen characters.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "user" || parts[0] == "group", (1...128).contains(parts[1].utf8.count),
            parts[1].unicodeScalars.allSatisfy({ !isBlank($0) && !$0.isUnseen })
        else { return nil }
        description = text
    }

    /// A principal that the operating system or the registry named.
    public init(stored text: String) {
        description = text
    }
}

extension Principal: TextValue {
    public static let form = TextForm(
        "expected user:NAME or group:NAME, a user or group of this machine",
        describedAs: "A user or group of the machine that the registry is on.",
        example: "user:alice",
        pattern: "^(user|group):[^:\\s]{1,128}$"
    )
}
