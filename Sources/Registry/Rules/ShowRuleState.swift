/// What an organisation's own records say to a rule: how many, and until when.
public struct ShowRuleState: PublishedQuery {
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
        for topic in RuleTopic.topics(of: rule) where try context.gate.holds(topic.permission, in: organization.id) {
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
enum RuleTopic: CaseIterable {
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

    static func topics(of rule: Rule) -> [RuleTopic] {
        switch rule {
        case .r02, .r04, .r05, .r12, .r34, .r38, .r49: [.entitlement]
        case .r07: [.installations]
        case .r08, .r09, .r10, .r11, .r17, .r44: [.enrollments]
        case .r22, .r24, .r25, .r26, .r27: [.keys]
        case .r28: [.tokens, .keys]
        case .r16: [.tokens, .keys]
        case .r29, .r37, .r45, .r46: [.tokens]
        case .r30: [.tenants, .tokens]
        case .r31, .r39, .r47, .r48, .r50: [.seats]
        case .r32, .r35: [.enrollments, .seats]
        case .r33: [.enrollments, .tokens]
        case .r36: [.entitlement, .seats]
        case .r18, .r40, .r41, .r42: [.entitlement, .seats]
        case .r43, .r51: [.tenants]
        case .r01, .r03, .r06, .r13, .r14, .r15, .r19, .r20, .r21, .r23: []
        }
    }
}
