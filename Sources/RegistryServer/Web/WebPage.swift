import HTML
import Registry

/// What stands on a page, without what stands around it.
struct WebPage {
    /// Plain text, for the window and the heading.
    let title: String
    /// Not where the content has a heading of its own.
    var showsTitle = true
    /// Nil for a page of no section.
    var section: Section?
    /// Nil for a page that is about no organisation.
    var organization: WebOrganization?
    let content: Markup

    /// Where one can go from every page.
    enum Section: CaseIterable {
        case organizations
        case renewals
        case ledger
        case rules
        case ask

        var title: String {
            switch self {
            case .organizations: "Organisations"
            case .renewals: "Renewals"
            case .ledger: "Ledger"
            case .rules: "Rules"
            case .ask: "Ask"
            }
        }

        var path: String {
            switch self {
            case .organizations: ""
            case .renewals: "renewals"
            case .ledger: "ledger"
            case .rules: "rules"
            case .ask: "ask"
            }
        }
    }

    init(
        _ title: String,
        in section: Section? = nil,
        of organization: WebOrganization? = nil,
        showsTitle: Bool = true,
        @MarkupBuilder content: () throws -> Markup
    ) rethrows {
        self.title = title
        self.section = section
        self.organization = organization
        self.showsTitle = showsTitle
        self.content = try content()
    }
}

/// The organisation that a page is about, and what of it the caller may see.
struct WebOrganization {
    let id: OrganizationID
    let name: String
    let tabs: [Tab]
    let current: Tab?

    enum Tab: CaseIterable {
        case overview
        case statement
        case tenants
        case tokens
        case users
        case renewals
        case ledger

        var title: String {
            switch self {
            case .overview: "Overview"
            case .statement: "Statement"
            case .tenants: "Tenants"
            case .tokens: "Tokens"
            case .users: "Seats and licences"
            case .renewals: "Renewals"
            case .ledger: "Ledger"
            }
        }

        var path: String {
            switch self {
            case .overview: ""
            case .statement: "/statement"
            case .tenants: "/tenants"
            case .tokens: "/tokens"
            case .users: "/users"
            case .renewals: "/renewals"
            case .ledger: "/ledger"
            }
        }

        /// Who may see it; nil for whoever may see anything of the organisation.
        var permission: Permission? {
            switch self {
            case .overview: nil
            case .statement, .users, .renewals: .statement
            case .tenants: .cloud
            case .tokens: .keys
            case .ledger: .administrator
            }
        }
    }
}
