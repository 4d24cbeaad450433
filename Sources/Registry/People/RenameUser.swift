/// Records that a person has another user principal name: what is known of the person stays together.
public struct RenameUser: RegistryCommand {
    public static let action = "user.rename"
    public static let summary = "Record that a user has another name"

    let organization: OrganizationID
    let userPrincipalName: UserPrincipalName
    let newUserPrincipalName: UserPrincipalName
    var reason: KeptText?

    public var subjectOfRefusal: String { userPrincipalName.value }

    public struct Answer: Hashable, Sendable, Codable, RecordedAnswer {
        public let organizationId: OrganizationID
        public let userPrincipalName: UserPrincipalName
        public let formerUserPrincipalName: UserPrincipalName
        public internal(set) var auditSequence: Int64 = 0
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        guard let pseudonym = try transaction.pseudonym(of: userPrincipalName, in: organization.id),
            try transaction.name(behind: pseudonym) == userPrincipalName
        else {
            throw Refusal(
                .userNotFound,
                "The records of \(organization.id) do not name \(userPrincipalName).",
                facts: ["userPrincipalName": userPrincipalName, "organizationId": organization.id]
            )
        }
        guard !newUserPrincipalName.isPseudonym else {
            throw Refusal.invalidField(
                "newUserPrincipalName",
                newUserPrincipalName.value,
                "it is what stands for an erased name"
            )
        }
        guard try transaction.pseudonym(of: newUserPrincipalName, in: organization.id) == nil else {
            throw Refusal(
                .identifierTaken,
                "The records of \(organization.id) know somebody called \(newUserPrincipalName) already; two people do not "
                    + "become one.",
                facts: ["userPrincipalName": newUserPrincipalName, "organizationId": organization.id]
            )
        }
        try transaction.rename(pseudonym, to: newUserPrincipalName, at: context.now)
        // The ledger names the person by the pseudonym, before and after.
        let sequence = try context.record(
            Self.action,
            subject: pseudonym,
            changes: ["renamed": true, "reason": reason?.text]
        )
        return Answer(
            organizationId: organization.id,
            userPrincipalName: newUserPrincipalName,
            formerUserPrincipalName: userPrincipalName,
            auditSequence: sequence
        )
    }
}

/// Renames the users of a file, as one step.
public struct RenameUsers: RowBatch {
    public static let action = "user.rename-batch"
    public static let summary = "Record that the users of a file have other names, in one step"
    public static let permission = Permission.administrator

    public typealias Row = RenameUser

    /// Of rows that name none.
    public var organization: OrganizationID?
    /// CSV or NDJSON: userPrincipalName, newUserPrincipalName, and organizationId where no option says it.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
    }

    public var defaults: [String: (any CustomStringConvertible)?] { ["organization": organization] }
}

extension RenameUser: BatchedRow {
    public static let columns: [RowColumn] = [
        .field("userPrincipalName", "user", "formerUserPrincipalName", isRequired: true),
        .field("newUserPrincipalName", "newUser", isRequired: true),
        .field("organization", "organizationId", "org", isRequired: true),
        .field("reason"),
    ]

    public static func part(_ answer: Answer) -> String { "users of \(answer.organizationId)" }
}
