import HTML
import Registry
import RegistryReports

/// The organisations that the caller may see.
enum OrganizationsPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let page = try context.list(ListOrganizations.self)
        let status = try context.ask(ShowStatus.self)
        return WebPage("Organisations", in: .organizations) {
            if let obstacle = status.obstacle {
                Markup("p", ["class": "alarm", "role": "alert"]) { obstacle }
            }
            if page.items.isEmpty {
                Markup("p") {
                    context["after"] == nil
                        ? "You may see no organisation. An administrator can grant you more with tokenctl access grant."
                        : "There are no more."
                }
            } else {
                ReportTable<OrganizationResource>(
                    caption: "Organisations",
                    showsCaption: false,
                    columns: [
                        .link("Organisation") {
                            context.link($0.id, to: context.address("organizations", $0.id.value))
                        },
                        .wide("Name") { $0.name },
                        .text("Country") { $0.country.value },
                        .text("Time zone") { $0.timeZone.identifier },
                        .text("Portal") { $0.portal.rawValue },
                    ]
                ).markup(page.items)
            }
            context.pager(next: page.next) { context.address("", query: ["after": $0]) }
            Report.facts([
                ("Registry", Report.code(status.registry)),
                ("Writable", Markup(text: status.writable ? "yes" : "no")),
                ("Organisations", status.organizations.map { Markup(text: String($0)) }),
                ("Tokens", status.tokens.map { Markup(text: String($0)) }),
                ("Ledger rows", status.ledgerRows.map { Markup(text: String($0)) }),
                ("Ledger head", status.ledgerHead.map(Report.code)),
            ])
        }
    }
}
