/// What a programme administrator grants a person (R13, R14, R15).
public enum Permission: String, Choice {
    public static let summary = "What a grant of access allows."

    /// Download and install software.
    case software
    /// Use cloud services: redeem, sign up, assign.
    case cloud
    /// See product keys and tokens.
    case keys
    /// See the licence statement.
    case statement
    /// Grant and revoke, and everything above.
    case administrator

    /// The rule that a denial for want of it cites.
    public var rule: Rule {
        switch self {
        case .software, .cloud, .administrator: .r13
        case .statement: .r14
        case .keys: .r15
        }
    }
}

/// A permission that a principal holds in an organisation, from one instant to another.
public struct AccessGrant: Hashable, Sendable, Decodable {
    public let organizationID: OrganizationID
    public let principal: String
    public let permission: Permission
    public let from: Instant
    /// The first instant without the permission; nil while it has no end.
    public let until: Instant?
    public let grantedBy: String
}
