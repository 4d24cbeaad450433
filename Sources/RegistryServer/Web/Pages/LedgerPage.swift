import HTML
import Registry
import RegistryAPI
import RegistryReports

/// Rows of the ledgers: of one organisation's, or of all of them. Unless something else is asked for, those of the last
/// thirty days.
enum LedgerPage {
    static func page(_ context: WebContext, of organization: WebOrganization?) throws -> WebPage {
        let names = ["since", "until", "subject"]
        let isNarrowed = names.contains { context[$0] != nil } || context["after"] != nil || context["all"] != nil
        let month = OrganizationTimeZone.utc.day(of: context.reading.now).adding(days: -30).description
        let since = isNarrowed ? context["since"] : month
        let page = try context.list(
            ListAudit.self,
            ["until", "subject"] + (organization == nil ? [] : ["organization"]),
            with: ["since": since]
        )
        return WebPage(
            organization.map { "Ledger of \($0.name)" } ?? "Ledgers",
            in: organization == nil ? .ledger : .organizations,
            of: organization
        ) {
            WebForm(label: "Which rows", button: "Show", hidden: ["all": "1"]) {
                WebForm.day("since", "Since", since)
                WebForm.day("until", "Until", context["until"])
                WebForm.text("subject", "Subject", context["subject"])
            }.markup
            if page.items.isEmpty {
                Markup("p") { "There are no such rows." }
            } else {
                table(of: page.items, organization)
            }
            context.pager(next: page.next) { after in
                let query: KeyValuePairs<String, String?> = [
                    "all": "1", "since": since, "until": context["until"], "subject": context["subject"],
                    "after": after,
                ]
                return organization.map { context.address("organizations", $0.id.value, "ledger", query: query) }
                    ?? context.address("ledger", query: query)
            }
        }
    }

    private static func table(of entries: [AuditEntryResource], _ organization: WebOrganization?) -> Markup {
        typealias Column = ReportTable<AuditEntryResource>.Column
        let ledger: [Column] = organization == nil ? [.name("Ledger") { $0.organizationId?.value ?? "registry" }] : []
        return ReportTable<AuditEntryResource>(
            caption: "Rows of the ledger",
            showsCaption: false,
            columns: [.number("Row") { Int($0.sequence) }] + ledger + [
                .link("At", .date) { entry in
                    let second = "\(entry.at.description.prefix(19))Z"
                    return Markup("time", ["datetime": second]) { second }
                },
                .name("Who") { $0.actor }, .text("What") { $0.action }, .wide("Subject") { $0.subject },
                .link("Changes", .wide) { changes($0) },
            ]
        ).markup(entries)
    }

    /// Of a value at most so many characters are shown; the rest with `tokenctl audit log`.
    private static let valueLimit = 300

    /// What was recorded, behind its names.
    private static func changes(_ entry: AuditEntryResource) -> Markup {
        guard case .object(let changes) = entry.changes, !changes.isEmpty else { return Markup() }
        let names = changes.keys.sorted()
        return Markup("details") {
            Markup("summary") { names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "") }
            Report.facts(names.map { ($0, Report.code(text(of: changes[$0] ?? .null))) })
        }
    }

    private static func text(of value: AuditValue) -> String {
        if case .text(let text) = value { return shortened(text) }
        return shortened((try? WireJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "")
    }

    private static func shortened(_ text: String) -> String {
        text.count > valueLimit ? text.prefix(valueLimit) + "…" : text
    }
}
