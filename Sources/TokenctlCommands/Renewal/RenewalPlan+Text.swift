import Registry
import RegistryAPI

extension Shell {
    /// The plan as one document, or as tables for a person.
    func print(_ plan: RenewalPlan) {
        printer.print(plan)
        guard global.format == .table else { return }
        section("What ends", plan.lapses)
        section("Which new token carries whom on", plan.placements)
        section("Which sign-up carries whom on", plan.signUps)
        section("Who lapses", plan.uncovered)
    }

    func section<Row: TableRow>(_ title: String, _ rows: [Row]) {
        guard !rows.isEmpty else { return }
        terminal.write("\n\(terminal.isOutputTerminal ? terminal.styled(title, .bold) : title):\n")
        terminal.write(TextTable.table(rows, Row.shown, terminal: terminal))
    }
}

extension RenewalPlan: Row {
    static let rowStyle = RowStyle(
        headings: [
            "program": "PROGRAMME", "issue": "TOKENS TO ISSUE", "void": "TOKENS TO VOID",
            "uncovered": "USERS WHO LAPSE", "together": "TOGETHER WITH", "proofs": "PLACEMENT",
        ],
        omitted: ["on", "paidOn", "lapses", "placements", "signUps", "differences", "facts"],
        texts: [
            "closingYear": { "\($0[text: "startsOn"]) to \($0[text: "endsOn"])" },
            "nextYear": { "\($0[text: "startsOn"]) to \($0[text: "endsOn"])" },
            "entitlement": { $0.listed(change) },
            "issue": { issue in
                let tokens = issue.items.map { "\($0[text: "seats"]) \($0[text: "skuPartNumber"])" }
                var counts: [(text: String, count: Int)] = []
                for token in tokens {
                    if let place = counts.firstIndex(where: { $0.text == token }) {
                        counts[place].count += 1
                    } else {
                        counts.append((token, 1))
                    }
                }
                return counts.map { "\($0.count) × \($0.text)" }.joined(separator: ", ")
            },
            "uncovered": { String($0.items.reduce(0) { $0 + (Int($1["users"].count) ?? 0) }) },
            "together": { $0.items.map { $0[text: "enrollmentId"] }.joined(separator: " ") },
        ]
    )

    private static func change(_ change: WireValue) -> String {
        let (closing, next, clipped) = (change[text: "closing"], change[text: "next"], change[text: "clipped"])
        let rule = change[text: "clippedBy"] == GrantLimit.onePerOrganization.rawValue ? "R38" : "R12"
        return "\(change[text: "product"]) \(closing == next ? "" : "\(closing) → ")\(next)"
            + (clipped == "0" ? "" : " (\(clipped) clipped, \(rule))")
    }
}

extension RenewalPlan.Lapse: Row {
    static let rowStyle = RowStyle(
        headings: ["tenantDomain": "TENANT", "rightsEndOn": "RIGHTS END", "serviceEndsOn": "SERVICE ENDS"],
        hidden: ["tenantId"],
        texts: ["users": { $0.count }],
        numbers: ["users"]
    )
}

extension RenewalPlan.Placement: Row {
    static let rowStyle = RowStyle(headings: ["issue": "TOKEN", "tenantDomain": "TENANT"], hidden: ["tenantId"])
}

extension RenewalPlan.SignUp: Row {
    static let rowStyle = RowStyle(headings: ["tenantDomain": "TENANT"], omitted: ["tenantId"])
}

extension RenewalPlan.Uncovered: Row {
    static let rowStyle = RowStyle(headings: ["tenantDomain": "TENANT", "reason": "WHY"], omitted: ["tenantId"])
}
