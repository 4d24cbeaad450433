/// Which page stands at which address.
enum WebRoutes {
    struct Route: Sendable {
        /// `{name}` takes any word, which becomes the field of that name.
        let path: String
        let page: @Sendable (WebContext) throws -> WebPage

        init(_ path: String, _ page: @escaping @Sendable (WebContext) throws -> WebPage) {
            self.path = path
            self.page = page
        }

        /// The fields in a path that is this route's; nil for any other path.
        fileprivate func parameters(of path: ArraySlice<String>) -> [String: String]? {
            let own = self.path.split(separator: "/")
            guard own.count == path.count else { return nil }
            var parameters: [String: String] = [:]
            for (word, segment) in zip(own, path) {
                if word.hasPrefix("{") {
                    guard !segment.isEmpty else { return nil }
                    parameters[String(word.dropFirst().dropLast())] = segment
                } else if word != segment {
                    return nil
                }
            }
            return parameters
        }
    }

    /// Every page.
    static let all: [Route] = [
        Route("") { try OrganizationsPage.page($0) },
        Route("organizations/{organization}") { try OrganizationPage.page($0) },
        Route("organizations/{organization}/statement") { try StatementWebPage.page($0) },
        Route("organizations/{organization}/tenants") { try TenantsPage.page($0) },
        Route("organizations/{organization}/tokens") { try TokensPage.page($0) },
        Route("organizations/{organization}/users") { try UsersPage.page($0) },
        Route("organizations/{organization}/renewals") { try RenewalsPage.page($0, of: $0.organization(.renewals)) },
        Route("organizations/{organization}/ledger") { try LedgerPage.page($0, of: $0.organization(.ledger)) },
        Route("tenants/{tenant}") { try TenantPage.page($0) },
        Route("tokens/{token}") { try TokenPage.page($0) },
        Route("renewals") { try RenewalsPage.page($0, of: nil) },
        Route("ledger") { try LedgerPage.page($0, of: nil) },
        Route("rules") { RulesPage.page($0) },
        Route("rules/{rule}") { try RulePage.page($0) },
        Route("ask") { try AskPage.page($0) },
    ]

    /// The page at `path`, and the fields that stand in it.
    static func route(_ path: ArraySlice<String>) -> (Route, [String: String])? {
        let words = path.last == "" ? path.dropLast() : path
        for route in all {
            if let parameters = route.parameters(of: words) { return (route, parameters) }
        }
        return nil
    }
}
