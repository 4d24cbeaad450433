import HTML
import Registry
import RegistryReports

/// An organisation's tokens, their codes masked.
enum TokensPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let organization = try context.organization(.tokens)
        let page = try context.list(ListTokens.self, ["organization", "enrollment", "status"])
        return WebPage("Tokens of \(organization.name)", in: .organizations, of: organization) {
            WebForm(label: "Which tokens", button: "Show") {
                WebForm.choice("status", "Status", Token.Status.allCases.map(\.rawValue), context["status"])
                WebForm.text("enrollment", "Enrollment", context["enrollment"])
            }.markup
            if page.items.isEmpty {
                Markup("p") { "There are no such tokens." }
            } else {
                ReportTable<TokenResource>(
                    caption: "Tokens",
                    showsCaption: false,
                    columns: [
                        .link("Token", .text) { context.link(toToken: $0.id) },
                        .text("Code") { "…\($0.maskedCode.suffix(5))" },
                        .text("SKU") { $0.skuPartNumber.description }, .number("Seats") { $0.seats },
                        .text("Status") { $0.status.rawValue }, .name("Enrollment") { $0.enrollmentId.value },
                        .date("Redeemable through") { $0.redeemableThrough }, .date("Redeemed on") { $0.redeemedOn },
                        .link("Tenant", .wide) { context.link(toTenant: $0.tenantDomain) },
                    ]
                ).markup(page.items)
            }
            context.pager(next: page.next) {
                context.address(
                    "organizations",
                    organization.id.value,
                    "tokens",
                    query: ["status": context["status"], "enrollment": context["enrollment"], "after": $0]
                )
            }
        }
    }
}

/// A token, its code masked.
enum TokenPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let token = try context.ask(ShowToken.self, ["token"])
        let organization = try context.organization(.tokens, id: token.organizationId)
        return WebPage("Token \(token.id)", in: .organizations, of: organization) {
            Report.facts([
                ("Code", Report.code(token.maskedCode)), ("SKU", Markup(text: token.skuPartNumber.description)),
                ("Seats", Markup(text: String(token.seats))), ("Status", Markup(text: token.status.rawValue)),
                ("Origin", Markup(text: token.origin.rawValue)), ("Enrollment", Report.name(token.enrollmentId)),
                ("Issued on", Report.date(token.issuedOn)),
                ("Redeemable through (R33)", Report.date(token.redeemableThrough)),
                ("Redeemed on", token.redeemedOn.map(Report.date)),
                ("Tenant", token.tenantDomain.map { context.link(toTenant: $0) }),
                ("Void since", token.voidedOn.map(Report.date)),
                ("Replaced by (R46)", token.replacedBy.map { context.link(toToken: $0) }),
                ("Replaces (R46)", token.replaces.map { context.link(toToken: $0) }),
            ])
        }
    }
}
