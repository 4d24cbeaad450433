import HTML
import Registry
import RegistryReports

/// An organisation at a glance: what it is, its locations, and what it is enrolled in.
enum OrganizationPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let organization = try context.organization(.overview)
        guard organization.tabs.contains(.statement) else {
            return WebPage(organization.name, in: .organizations, of: organization) {
                Markup("p") { "You may see a part of this organisation: choose one above." }
            }
        }
        let shown = try context.ask(ShowOrganization.self, ["organization"])
        let enrollments = try context.ask(ListEnrollments.self, ["organization"])
        let locations = try context.ask(ListLocations.self, ["organization"])
        return WebPage(organization.name, in: .organizations, of: organization) {
            Report.facts([
                ("Organisation", Report.name(shown.id)), ("Country", Markup(text: shown.country.value)),
                ("Time zone", Markup(text: shown.timeZone.identifier)),
                ("Portal", Markup(text: shown.portal.rawValue)),
            ])
            Markup("h2") { "Enrollments" }
            if enrollments.isEmpty { Markup("p") { "The organisation holds no programme." } }
            if !enrollments.isEmpty { table(of: enrollments) }
            Markup("h2") { "Locations" }
            ReportTable<LocationResource>(
                caption: "Locations",
                showsCaption: false,
                columns: [
                    .name("Location") { $0.id.value }, .wide("Name") { $0.name },
                    .text("Country") { $0.country.value },
                    .text("Headquarters") { $0.headquarters ? "yes" : "" },
                    .text("Shares (R03)") { $0.associated ? "yes" : "no" },
                ]
            ).markup(locations)
        }
    }

    private static func table(of enrollments: [EnrollmentResource]) -> Markup {
        ReportTable<EnrollmentResource>(
            caption: "Enrollments",
            showsCaption: false,
            columns: [
                .name("Enrollment") { $0.id.value }, .name("Programme") { $0.program.value },
                .name("Location") { $0.locationId.value }, .date("Starts") { $0.startsOn },
                .date("Ends") { $0.endsOn }, .text("Status") { $0.status.rawValue },
                .number("Tokens") { $0.tokens.count },
                .name("Grants") { $0.grants.map { "\($0.product) \($0.granted)" }.joined(separator: ", ") },
            ]
        ).markup(enrollments)
    }
}
