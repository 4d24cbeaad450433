/// R41: switches the users of a file as one step: all of them, or none.
public struct SwitchUsers: RegistryCommand, TakesRows {
    public static let action = "user.switch-batch"
    public static let summary = "Switch all users of a file in one step"

    /// For rows that name no organisation themselves.
    var organization: OrganizationID?
    /// The first day of the new state; nil for today.
    var on: CalendarDate?
    /// CSV or NDJSON with the columns `user` and `to`, and `org`, `tenant` and `location`. Its digest stands in the ledger.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
        case on
    }

    private static let columns: [RowColumn] = [
        .field("user", "userPrincipalName", isRequired: true),
        .field("to", isRequired: true),
        .field("organization", "organizationId", "org", isRequired: true),
        .field("tenant", "tenantDomain"),
        .field("location", "locationId"),
    ]

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
        var columns: [String: String] = [:]
        var rows = RowFile(Self.columns, defaults: organization.map { ["organization": $0.value] } ?? [:])
        try rows.read(file) { row in
            columns = row.columns
            do {
                try batch.add(try RowDecoder.decode(SwitchRow.self, from: row).change(), row: row.line)
            } catch let refusal as Refusal where !refusal.code.isEngineFault {
                problems.append(row.problem(refusal))
            }
        }
        problems += rows.problems
        problems += try batch.refusals().map { refused in
            FileRow(line: refused.row, values: [:], columns: columns).problem(refused.refusal)
        }
        try BatchRefusal.refuse(problems)

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

    /// What a row asks for.
    private struct SwitchRow: Decodable {
        let user: UserPrincipalName
        let to: AssignmentKind
        let organization: OrganizationID
        let tenant: TenantReference?
        let location: LocationID?

        /// - Throws: `Refusal` for a switch to the cloud that names no tenant.
        func change() throws -> UserSwitch {
            let destination: UserSwitch.Destination =
                switch (to, tenant) {
                case (.onPremises, _): .onPremises
                case (.cloud, let tenant?): .cloud(tenant)
                case (.cloud, nil): throw Refusal.invalidField("tenant", "", "a switch to the cloud needs a tenant")
                }
            return UserSwitch(
                user: user,
                organizationID: organization,
                destination: destination,
                locationID: location
            )
        }
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
