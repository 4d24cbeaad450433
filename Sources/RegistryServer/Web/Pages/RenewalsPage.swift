import HTML
import Registry
import RegistryAPI
import RegistryReports

/// The renewals to come, with the days of their windows: of one organisation, or of all that the caller may see.
enum RenewalsPage {
    static func page(_ context: WebContext, of organization: WebOrganization?) throws -> WebPage {
        let scope = organization == nil ? [] : ["organization"]
        let page = try context.list(ListRenewalCalendar.self, scope)
        let due = try context.ask(ListDueRenewals.self, scope, with: ["limit": WebContext.pageSize]).items
        let isFirst = context["after"] == nil
        return WebPage(
            organization.map { "Renewals of \($0.name)" } ?? "Renewals",
            in: organization == nil ? .renewals : .organizations,
            of: organization
        ) {
            if isFirst {
                Markup("h2") { "Due" }
                if due.isEmpty {
                    Markup("p") { "Nothing is due within 30 days." }
                } else {
                    table(of: due, context)
                }
                Report.list(due.compactMap(\.warning).map { Markup(text: $0.detail) })
            }
            Markup("h2") { "Calendar" }
            if page.items.isEmpty {
                Markup("p") { "There is nothing to renew." }
            } else {
                calendar(page.items, context)
            }
            context.pager(next: page.next) { after in
                organization.map {
                    context.address("organizations", $0.id.value, "renewals", query: ["after": after])
                } ?? context.address("renewals", query: ["after": after])
            }
            Markup("p", ["class": "note"]) {
                "What a renewal would issue and end: "
                Report.code("tokenctl renewal plan ENROLLMENT")
            }
        }
    }

    private static func table(of due: [DueRenewalResource], _ context: WebContext) -> Markup {
        ReportTable<DueRenewalResource>(
            caption: "Enrollments whose window is open, or opens soon",
            columns: [
                .name("Enrollment") { $0.enrollmentId.value },
                .link("Organisation") { link($0.organizationId, context) },
                .name("Programme") { $0.program.value }, .text("Window") { $0.state.rawValue },
                .date("Opens") { $0.windowOpensOn }, .date("Closes") { $0.windowClosesOn },
                .number("Days left") { $0.daysLeft }, .number("Days for tokens (R33)") { $0.tokenDaysLeft },
            ]
        ).markup(due)
    }

    private static func calendar(_ renewals: [CalendarResource], _ context: WebContext) -> Markup {
        ReportTable<CalendarResource>(
            caption: "Every enrollment that can still be renewed",
            columns: [
                .name("Enrollment") { $0.enrollmentId.value },
                .link("Organisation") { link($0.organizationId, context) },
                .name("Programme") { $0.program.value }, .date("Window opens") { $0.windowOpensOn },
                .date("Year ends") { $0.endsOn }, .date("Window closes") { $0.windowClosesOn },
            ]
        ).markup(renewals)
    }

    private static func link(_ id: OrganizationID, _ context: WebContext) -> Markup {
        context.link(id, to: context.address("organizations", id.value))
    }
}
