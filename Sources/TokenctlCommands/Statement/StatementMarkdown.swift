import Registry
import RegistryReports

/// A statement as a Markdown document.
struct StatementMarkdown {
    private let statement: StatementResource

    init(_ statement: StatementResource) {
        self.statement = statement
    }

    var text: String {
        var text = "# Licence statement of \(Self.cell(statement.organizationId.value)) as of \(statement.asOf)\n"
        text += "\n## Products\n\n" + Self.table(StatementRow.rows(of: statement))
        text +=
            "\n"
            + StatementText.remarks(on: statement).split(separator: "\n").map { "- \(Self.cell(String($0)))\n" }
            .joined()
        text += "\n## Tenants\n\n" + Self.table(statement.tenants.flatMap(TenantRow.rows))
        text += "\n## Enrollments\n\n" + Self.table(statement.enrollments)
        return text
    }

    static func text(of explanation: StatementExplanationResource) -> String {
        "# \(cell(explanation.product.rawValue)) (\(cell(explanation.unit))) of \(cell(explanation.organizationId.value)) as of \(explanation.asOf)\n\n"
            + table(explanation.lines)
    }

    private static func table<Row: TableRow>(_ rows: [Row]) -> String {
        guard !rows.isEmpty else { return "None.\n" }
        let columns = Row.shown
        let heading = columns.map { $0.heading }.joined(separator: " | ")
        let rule = columns.map { $0.isNumber ? "---:" : "---" }.joined(separator: " | ")
        let lines = rows.map { row in "| " + row.texts(under: columns).map(cell).joined(separator: " | ") + " |\n" }
        return "| \(heading) |\n| \(rule) |\n" + lines.joined()
    }

    /// What would end a cell or begin a tag is written so that it does not.
    private static func cell(_ text: String) -> String {
        var safe = ""
        for character in text {
            switch character {
            case "|", "\\", "`", "*", "_", "[", "]": safe += "\\\(character)"
            case "<": safe += "&lt;"
            case "\n", "\r", "\r\n": safe += " "
            default: safe.append(character)
            }
        }
        return safe
    }

    private struct TenantRow: Codable, Row {
        let tenantDomain: DomainName
        let skuPartNumber: SKUPartNumber
        let source: String
        let capabilityStatus: SeatBlockStatus
        let enabled: Int
        let consumedUnits: Int
        let unlicensedUnits: Int

        static func rows(of tenant: StatementResource.Tenant) -> [TenantRow] {
            tenant.seats.map { seats in
                TenantRow(
                    tenantDomain: tenant.tenantDomain,
                    skuPartNumber: seats.skuPartNumber,
                    source: seats.source,
                    capabilityStatus: seats.capabilityStatus,
                    enabled: seats.prepaidUnits.enabled,
                    consumedUnits: seats.consumedUnits,
                    unlicensedUnits: seats.unlicensedUnits
                )
            }
        }

        static let rowStyle = RowStyle(
            headings: [
                "tenantDomain": "TENANT", "capabilityStatus": "STATUS", "consumedUnits": "CONSUMED",
                "unlicensedUnits": "UNLICENSED",
            ]
        )
    }
}

extension StatementResource.Enrollment: Row {
    static let rowStyle = RowStyle(
        headings: ["program": "PROGRAMME", "startsOn": "STARTS", "endsOn": "ENDS"],
        omitted: ["grants"]
    )
}
