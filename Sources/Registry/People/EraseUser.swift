/// Takes a person's name out of an organisation's records. What was recorded of the person stays and counts as before, under
/// a pseudonym that nobody can lead back to the name.
public struct EraseUser: RegistryCommand {
    public static let action = "user.erase"
    public static let summary = "Erase a user's name; what was recorded stays under a pseudonym"

    let organization: OrganizationID
    let user: UserPrincipalName

    public var subjectOfRefusal: String { user.value }

    public struct Answer: Hashable, Sendable, Codable, RecordedAnswer {
        public let organizationId: OrganizationID
        /// What stands for the name from now on.
        public let pseudonym: UserPrincipalName
        /// How many seats and licences the person has today; they stay, and are released under the pseudonym.
        public let openAssignments: Int
        public internal(set) var auditSequence: Int64 = 0
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        guard let pseudonym = try transaction.pseudonym(of: user, in: organization.id),
            try transaction.name(behind: pseudonym) != nil
        else {
            throw Refusal(
                .userNotFound,
                user.isPseudonym
                    ? "\(user) is no pseudonym in \(organization.id) whose name is known; it may have been erased before."
                    : "The records of \(organization.id) do not name \(user).",
                facts: ["userPrincipalName": user, "organizationId": organization.id]
            )
        }
        let today = context.today(in: organization)
        let held = try transaction.assignments(of: pseudonym, in: organization.id)
        let answer = try context.record(
            Self.action,
            Answer(
                organizationId: organization.id,
                pseudonym: pseudonym,
                openAssignments: held.count { $0.isOpen(on: today) }
            ),
            subject: pseudonym
        )
        try transaction.eraseName(behind: pseudonym, at: context.now)
        return answer
    }
}
