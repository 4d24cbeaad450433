/// What an organisation's own records say to a rule: how many, and until when.
public struct ShowRuleState: RegistryQuery {
    public static let summary = "Say what the records have to a rule"

    let organization: OrganizationID
    let rule: Rule

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: nil)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> RuleStateResource {
        let state = RuleState(
            organization: organization,
            day: context.today(in: organization),
            reading: context.reading
        )
        var sentences: [String] = []
        for topic in RuleCatalogue.clues(to: rule).records
        where try context.gate.holds(topic.permission, in: organization.id) {
            sentences += try state.sentences(on: topic)
        }
        return RuleStateResource(rule: rule, state: sentences)
    }
}

/// What an organisation's records say to a rule.
public struct RuleStateResource: Hashable, Sendable, Codable {
    public let rule: Rule
    /// Sentences; none where the records say nothing to the rule, or the caller may not see what they say.
    public let state: [String]
}

/// What an organisation's records can say something about.
enum RuleTopic: String, Decodable {
    case enrollments
    case entitlement
    case tokens
    case seats
    case tenants
    case keys
    case installations

    /// Who may see it.
    var permission: Permission {
        switch self {
        case .enrollments, .entitlement, .installations: .statement
        case .tokens, .keys: .keys
        case .seats, .tenants: .cloud
        }
    }
}
