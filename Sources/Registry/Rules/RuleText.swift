/// What one rule says, in words for a person.
public struct RuleText: RuleEntry, Hashable, Sendable, Codable {
    public let rule: Rule
    /// One line, without a full stop: the rule in one sentence, as an answer to a question begins.
    public let title: String
    public let standing: Standing
    /// The commands that touch the rule, such as `tokenctl redeem`; empty where none does.
    public let commands: [String]
    public let source: Source
    /// Two to five sentences: what holds, with its figures, and what the registry does about it.
    public let text: String

    /// What the registry does about a rule.
    public enum Standing: String, Choice {
        public static let summary = "What the registry does about a rule."

        /// What breaks the rule is refused, or the registry's figures follow from it.
        case enforced
        /// The registry tells it; nothing is refused on its account.
        case advised
    }

    /// Where a rule comes from.
    public enum Source: String, Choice {
        public static let summary = "Where a rule comes from."

        case licensingFAQ = "Microsoft Partner Network licensing FAQ (KB 2932656)"
        case laterDocumentation = "later Microsoft documentation"
        case benefitsFAQ = "Partner Center, benefits FAQ (2024)"
        case membershipOffers = "Partner Center, extension of membership offers (2025)"
        case cloudServices = "Partner Center, benefits/cloud-services (2026)"
        case earlierCloudServices = "Partner Center, benefits/cloud-services (2023)"
        case announcements = "Partner Center, announcements (2025, 2026)"
        case renewals = "Partner Center, renew-mpn-offers (2023)"
        case businessFAQ = "Microsoft 365 Business FAQ (2022)"
        case software = "Partner Center, mpn-benefits-software (2023)"
        case workspace = "Partner Center, benefits workspace"
        case reassignments = "Partner Center, mpn-benefits-visual-studio and mpn-benefits-azure-cloud (2023)"
        case mergers = "Partner Center, merge-accounts (2023)"
    }
}
