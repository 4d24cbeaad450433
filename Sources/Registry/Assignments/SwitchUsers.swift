import CSV

/// R41: switches the users of a file as one step: all of them, or none.
public struct SwitchUsers: RegistryCommand, TakesFile {
    public static let action = "user.switch-batch"
    public static let summary = "Switch all users of a file in one step"

    /// For rows that name no organisation themselves.
    var organization: OrganizationID?
    /// The first day of the new state; nil for today.
    var on: CalendarDate?
    /// CSV with the columns `user` and `to`, and `org`, `tenant` and `location`. Its digest stands in the ledger.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
        case on
    }

    private enum Column {
        static let user = 0
        static let to = 1
        static let organization = 2
        static let tenant = 3
        static let location = 4
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<OrganizationID?> {
        if let organization {
            let permitted = try gate.organization(organization, for: .cloud)
            return permitted.map { $0.id }
        }
        return try gate.anywhere(.cloud).map { nil }
    }

    public func run(on _: OrganizationID?, in context: CommandContext) throws -> SwitchBatchResource {
        var batch = try SwitchBatch(context: context, statedDay: on)
        var problems: [InputProblem] = []
        var reader = CSVReader(required: ["user", "to"], optional: ["org", "tenant", "location"])
        let take = { (row: CSVRow) in
            guard let change = try Self.change(in: row, organizationID: organization, problems: &problems) else {
                return
            }
            try batch.add(change, row: row.line)
        }
        try reader.read(try file.open(), row: take)
        try Self.refuse(problems + reader.inputProblems, try batch.refusals())

        let recorded = try batch.record()
        let toCloud = recorded.count { $0.begun.kind == .cloud }
        return try context.record(
            Self.action,
            SwitchBatchResource(
                switched: recorded.count,
                toCloud: toCloud,
                toOnPremises: recorded.count - toCloud
            ),
            subject: organization?.value ?? "users",
            adding: ["digest": file.digest]
        )
    }

    /// What a row asks for; nil when it cannot be read, which is told in `problems`.
    private static func change(
        in row: CSVRow,
        organizationID: OrganizationID?,
        problems: inout [InputProblem]
    ) throws -> UserSwitch? {
        var found: [InputProblem] = []
        func report(_ column: Int, _ detail: String) {
            found.append(row.problem(column, code: .inputInvalid, detail))
        }
        let user: UserPrincipalName?
        do {
            user = try UserPrincipalName(row.text(of: Column.user))
        } catch {
            user = nil
            report(Column.user, error.detail)
        }
        let organization = text(row, Column.organization).map { OrganizationID($0) } ?? organizationID
        if organization == nil { report(Column.organization, "The row has no organisation, and none was given.") }
        let location = text(row, Column.location).map { LocationID($0) }
        if case .some(.none) = location {
            report(Column.location, "\(quoted(row.text(of: Column.location))) is not a location id.")
        }
        let destination = destination(in: row, report: report)
        problems += found
        guard found.isEmpty, let user, let organization, let destination else { return nil }
        return UserSwitch(
            user: user,
            organizationID: organization,
            destination: destination,
            locationID: location.flatMap { $0 }
        )
    }

    private static func destination(in row: CSVRow, report: (Int, String) -> Void) -> UserSwitch.Destination? {
        let to = text(row, Column.to) ?? ""
        switch AssignmentKind(rawValue: to) {
        case .onPremises:
            return .onPremises
        case .cloud:
            guard let tenant = text(row, Column.tenant) else {
                report(Column.tenant, "A switch to the cloud needs a tenant.")
                return nil
            }
            do {
                return .cloud(try TenantReference(tenant))
            } catch {
                report(Column.tenant, (error as? Refusal)?.detail ?? "\(quoted(tenant)) is not a tenant.")
                return nil
            }
        case nil:
            report(Column.to, "\(quoted(to)) is neither cloud nor on-premises.")
            return nil
        }
    }

    private static func text(_ row: CSVRow, _ column: Int) -> String? {
        let text = trimmingBlanks(row.text(of: column))
        return text.isEmpty ? nil : text
    }

    /// - Throws: `Refusal` that names every bad row; with the rows' own code and rule where all have the same.
    private static func refuse(_ unreadable: [InputProblem], _ refused: [SwitchBatch.Refused]) throws {
        let problems =
            (unreadable
            + refused.map { item in
                InputProblem(
                    row: item.row,
                    column: nil,
                    code: item.refusal.code,
                    rule: item.refusal.rule,
                    detail: item.refusal.detail
                )
            }).sorted { ($0.row, $0.column ?? "") < ($1.row, $1.column ?? "") }
        guard let first = problems.first else { return }
        let isUniform = refused.count == problems.count && problems.allSatisfy { $0.code == first.code }
        let rows = Set(problems.map(\.row)).count
        throw Refusal(
            isUniform ? first.code : .importInvalid,
            rule: isUniform ? first.rule : nil,
            "\(rows == 1 ? "One row of the file stops" : "\(rows) rows of the file stop") the switch; nobody was "
                + "switched.\(isUniform ? " \(first.detail)" : "")",
            facts: ["problemCount": problems.count],
            inputProblems: problems
        )
    }
}

/// The switch of all users of a file.
public struct SwitchBatchResource: RecordedAnswer, Hashable, Sendable, Codable {
    public let switched: Int
    public let toCloud: Int
    public let toOnPremises: Int
    /// The ledger's row about the whole.
    public internal(set) var auditSequence: Int64 = 0
}
