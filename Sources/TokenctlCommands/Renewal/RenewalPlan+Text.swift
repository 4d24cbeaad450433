import Registry
import RegistryAPI

/// How a plan is printed.
enum PlanFormat: String, CommandLineChoice {
    case table
    case json
    case csv
    case ndjson
    case html
}

/// Prints plans as they are made.
struct PrintedPlans {
    private let shell: Shell
    private let isPage: Bool
    private var list: Printer.PrintedList<RenewalPlan>
    private var isFirst = true

    /// - Throws: `UsageError` for fields that a plan does not have.
    init(shell: Shell, format: PlanFormat?) throws {
        self.shell = shell
        isPage = format == .html
        list = try Printer.PrintedList(printer: shell.printer(for: format))
    }

    mutating func add(_ plans: [RenewalPlan]) {
        guard isPage else { return list.add(plans) }
        if isFirst { shell.terminal.write(RenewalPlanPage.beginning) }
        isFirst = false
        for plan in plans { shell.terminal.write(RenewalPlanPage(plan).text) }
    }

    mutating func finish() throws {
        guard isPage else { return try list.finish() }
        if isFirst { add([]) }
        shell.terminal.write(RenewalPlanPage.end)
    }
}

extension Shell {
    fileprivate func printer(for format: PlanFormat?) -> Printer {
        var printer = printer
        if let output = format.flatMap({ OutputFormat(rawValue: $0.rawValue) }) { printer.format = output }
        return printer
    }

    /// The plan as one document, or as tables for a person.
    /// - Parameter file: what was read of the file that holds it.
    func print(_ plan: RenewalPlan, as format: PlanFormat?, file: [UInt8]? = nil) {
        if format == .html { return terminal.write(RenewalPlanPage.text(of: plan, file: file)) }
        let printer = printer(for: format)
        printer.print(plan)
        guard printer.format == .table else { return }
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
