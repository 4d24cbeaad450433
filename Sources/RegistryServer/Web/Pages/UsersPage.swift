import HTML
import Registry
import RegistryReports

/// Who holds what in an organisation, in the cloud and on-premises.
enum UsersPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let organization = try context.organization(.users)
        let page = try context.list(ListUsers.self, ["organization", "kind", "location"])
        return WebPage("Seats and licences of \(organization.name)", in: .organizations, of: organization) {
            WebForm(label: "Which of them", button: "Show") {
                WebForm.choice("kind", "Kind", AssignmentKind.allCases.map(\.rawValue), context["kind"])
                WebForm.text("location", "Location", context["location"])
            }.markup
            table(of: page.items, "Nobody holds such a seat or licence.", context)
            context.pager(next: page.next) {
                context.address(
                    "organizations",
                    organization.id.value,
                    "users",
                    query: ["kind": context["kind"], "location": context["location"], "after": $0]
                )
            }
        }
    }

    /// - Parameter none: what is said instead of a table without rows.
    static func table(of assignments: [AssignmentResource], _ none: String, _ context: WebContext) -> Markup {
        if assignments.isEmpty { return Markup("p") { none } }
        typealias Column = ReportTable<AssignmentResource>.Column
        // What is the same for nearly all takes no room where it says nothing.
        func column(_ column: Column, if isTold: (AssignmentResource) -> Bool) -> [Column] {
            assignments.contains(where: isTold) ? [column] : []
        }
        return ReportTable<AssignmentResource>(
            caption: "Who holds what",
            showsCaption: false,
            columns: [
                .wide("User") { $0.userPrincipalName.value }, .text("Kind") { $0.kind.rawValue },
                .text("SKU or product") { $0.skuPartNumber?.description ?? $0.product?.rawValue ?? "" },
            ]
                + column(.link("Tenant", .wide) { context.link(toTenant: $0.tenantDomain) }) { $0.tenantDomain != nil }
                + [.name("Location") { $0.locationId.value }]
                + column(.text("Purpose") { $0.purpose.rawValue }) { $0.purpose != .internalUse }
                + column(.name("Source") { $0.source }) { $0.source != SeatSource.programDescription }
                + [.date("From") { $0.from }] + column(.date("To") { $0.to }) { $0.to != nil }
        ).markup(assignments)
    }
}
