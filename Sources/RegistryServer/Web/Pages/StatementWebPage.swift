import HTML
import Registry
import RegistryAPI
import RegistryReports

/// The statement with its charts, of today or of the day that was asked for.
enum StatementWebPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let organization = try context.organization(.statement)
        let statement = try context.ask(ShowStatement.self, ["organization", "asOf"])
        let page = StatementPage(
            organization: try context.ask(ShowOrganization.self, ["organization"]),
            statement: statement,
            timeline: try context.ask(
                ShowTimeline.self,
                ["organization"],
                with: ["asOf": statement.asOf.description]
            ),
            madeAt: context.reading.now
        )
        return WebPage("Statement of \(organization.name)", in: .organizations, of: organization, showsTitle: false) {
            page.content
            WebForm(label: "Another day", button: "Show") {
                WebForm.day("asOf", "As of", statement.asOf.description)
            }.markup
        }
    }
}
