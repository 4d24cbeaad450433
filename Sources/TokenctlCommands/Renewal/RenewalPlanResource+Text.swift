import RegistryAPI

extension Shell {
    /// The plan as one document, or as tables for a person.
    func print(_ plan: RenewalPlanResource) {
        printer.print(plan)
        guard global.format == .table else { return }
        section("What ends", plan.lapses)
        section("Which new token carries whom on", plan.placements)
        section("Which sign-up carries whom on", plan.signUps)
        section("Who lapses", plan.uncovered)
    }

    func section<Row: Tabular>(_ title: String, _ rows: [Row]) {
        guard !rows.isEmpty else { return }
        terminal.write("\n\(terminal.isOutputTerminal ? terminal.styled(title, .bold) : title):\n")
        terminal.write(TextTable.table(rows, terminal: terminal))
    }
}

extension RenewalPlanResource: Tabular {
    static var columns: [Column<RenewalPlanResource>] {
        [
            Column("enrollmentId", "ENROLLMENT") { $0.enrollmentId },
            Column("organizationId", "ORGANISATION") { $0.organizationId },
            Column("program", "PROGRAMME") { $0.program },
            Column("plannedFor", "PLANNED FOR") { $0.plannedFor },
            Column("closingYear", "CLOSING YEAR") { "\($0.closingYear.startsOn) to \($0.closingYear.endsOn)" },
            Column("nextYear", "NEXT YEAR") { "\($0.nextYear.startsOn) to \($0.nextYear.endsOn)" },
            Column("entitlement", "ENTITLEMENT") { plan in
                plan.entitlement.map { change in
                    "\(change.product) \(change.closing == change.next ? "" : "\(change.closing) → ")\(change.next)"
                        + (change.clipped > 0
                            ? " (\(change.clipped) clipped, \(change.clippedBy == "one-per-organization" ? "R38" : "R12"))"
                            : "")
                }.joined(separator: ", ")
            },
            Column("issue", "TOKENS TO ISSUE") { plan in
                var lines: [String] = []
                for token in plan.issue {
                    let text = "\(token.seats) \(token.skuPartNumber)"
                    let count = plan.issue.filter { $0.seats == token.seats && $0.skuPartNumber == token.skuPartNumber }
                        .count
                    let line = "\(count) × \(text)"
                    if !lines.contains(line) { lines.append(line) }
                }
                return lines.joined(separator: ", ")
            },
            Column("void", "TOKENS TO VOID") { $0.void.joined(separator: " ") },
            Column("uncovered", "USERS WHO LAPSE", number: { $0.uncovered.reduce(0) { $0 + $1.users.count } }),
            Column("together", "TOGETHER WITH") { $0.together.map(\.enrollmentId).joined(separator: " ") },
            Column("proofs", "PLACEMENT") { $0.proofs.joined(separator: " ") },
            Column("proven", "PROVEN") { $0.proven ? "yes" : "no" },
            Column("state", "STATE") { $0.state },
        ]
    }
}

extension RenewalPlanResource.Lapse: Tabular {
    static var columns: [Column<RenewalPlanResource.Lapse>] {
        [
            Column("tenantId", nil, optional: { $0.tenantId }),
            Column("tenantDomain", "TENANT") { $0.tenantDomain },
            Column("skuPartNumber", "SKU") { $0.skuPartNumber },
            Column("seats", "SEATS", number: { $0.seats }),
            Column("rightsEndOn", "RIGHTS END") { $0.rightsEndOn },
            Column("serviceEndsOn", "SERVICE ENDS") { $0.serviceEndsOn },
            Column("users", "USERS", number: { $0.users.count }),
        ]
    }
}

extension RenewalPlanResource.Placement: Tabular {
    static var columns: [Column<RenewalPlanResource.Placement>] {
        [
            Column("issue", "TOKEN", number: { $0.issue }),
            Column("tenantDomain", "TENANT", optional: { $0.tenantDomain ?? $0.tenantId }),
            Column("tenantId", nil, optional: { $0.tenantId }),
        ]
    }
}

extension RenewalPlanResource.SignUp: Tabular {
    static var columns: [Column<RenewalPlanResource.SignUp>] {
        [
            Column("service", "SERVICE") { $0.service },
            Column("tenantDomain", "TENANT") { $0.tenantDomain },
            Column("skuPartNumber", "SKU") { $0.skuPartNumber },
            Column("seats", "SEATS", number: { $0.seats }),
        ]
    }
}

extension RenewalPlanResource.Uncovered: Tabular {
    static var columns: [Column<RenewalPlanResource.Uncovered>] {
        [
            Column("tenantDomain", "TENANT") { $0.tenantDomain },
            Column("skuPartNumber", "SKU") { $0.skuPartNumber },
            Column("users", "USERS") { $0.users.joined(separator: " ") },
            Column("reason", "WHY") { $0.reason },
        ]
    }
}
