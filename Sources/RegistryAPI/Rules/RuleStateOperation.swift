import Registry

public enum RuleStateOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/rules/{rule}",
        "ruleState",
        "Say what the records have to a rule"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        /// Such as `R33`.
        public var rule: String

        public init(organization: String, rule: String) {
            self.organization = organization
            self.rule = rule
        }
    }

    public struct Output: Codable, Sendable {
        public let rule: String
        /// Sentences; none where the records say nothing to the rule.
        public let state: [String]
    }

    public static func perform(_ input: Input, in call: Call) async throws -> Output {
        guard let rule = Rule(rawValue: input.rule.uppercased()) else {
            throw Refusal(
                .ruleNotFound,
                "There is no rule \(ActivationCode.excerpt(of: input.rule, 20)): they are R01 to R51."
            )
        }
        let query = RuleStateQuery(
            organizationID: try WireText.identifier(input.organization, "organization"),
            rule: rule
        )
        return Output(rule: rule.rawValue, state: try await call.answer(query))
    }
}
