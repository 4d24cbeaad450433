import RegistryAPI

/// A statement as a Markdown document.
struct StatementMarkdown {
    private let statement: StatementResource

    init(_ statement: StatementResource) {
        self.statement = statement
    }

    var text: String {
        var text = "# Licence statement of \(Self.cell(statement.organizationId)) as of \(statement.asOf)\n"
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
        "# \(cell(explanation.product)) (\(cell(explanation.unit))) of \(cell(explanation.organizationId)) as of \(explanation.asOf)\n\n"
            + table(explanation.lines)
    }

    private static func table<Row: Tabular>(_ rows: [Row]) -> String {
        guard !rows.isEmpty else { return "None.\n" }
        let columns = Row.columns.filter { $0.heading != nil }
        let heading = columns.map { $0.heading ?? "" }.joined(separator: " | ")
        let rule = columns.map { $0.isNumber ? "---:" : "---" }.joined(separator: " | ")
        let lines = rows.map { row in "| " + columns.map { cell($0.value(row)) }.joined(separator: " | ") + " |\n" }
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

    private struct TenantRow: Tabular {
        let domain: String
        let seats: StatementResource.Seats

        static func rows(of tenant: StatementResource.Tenant) -> [TenantRow] {
            tenant.seats.map { TenantRow(domain: tenant.tenantDomain, seats: $0) }
        }

        static var columns: [Column<TenantRow>] {
            [
                Column("tenantDomain", "TENANT") { $0.domain },
                Column("skuPartNumber", "SKU") { $0.seats.skuPartNumber },
                Column("source", "SOURCE") { $0.seats.source },
                Column("capabilityStatus", "STATUS") { $0.seats.capabilityStatus },
                Column("enabled", "ENABLED", number: { $0.seats.prepaidUnits.enabled }),
                Column("consumedUnits", "CONSUMED", number: { $0.seats.consumedUnits }),
                Column("unlicensedUnits", "UNLICENSED", number: { $0.seats.unlicensedUnits }),
            ]
        }
    }
}

extension StatementResource.Enrollment: Tabular {
    static var columns: [Column<StatementResource.Enrollment>] {
        [
            Column("id", "ID") { $0.id },
            Column("program", "PROGRAMME") { $0.program },
            Column("locationId", "LOCATION") { $0.locationId },
            Column("country", "COUNTRY") { $0.country },
            Column("startsOn", "STARTS") { $0.startsOn },
            Column("endsOn", "ENDS") { $0.endsOn },
            Column("status", "STATUS") { $0.status },
        ]
    }
}
