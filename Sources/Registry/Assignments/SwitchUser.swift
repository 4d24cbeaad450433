/// R18, R41: switches a user between the cloud and on-premises.
public struct SwitchUser: RegistryCommand {
    public static let action = "user.switch"
    public static let summary = "Switch a user between the cloud and on-premises"

    let organization: OrganizationID
    let user: UserPrincipalName
    let to: AssignmentKind
    /// For the cloud, and for it alone.
    var tenant: TenantReference?
    /// Where the user works from then on; nil to stay.
    var location: LocationID?
    /// The first day of the new state; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { user.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .cloud)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> SwitchResource {
        var batch = try SwitchBatch(context: context, statedDay: on)
        let change = UserSwitch(
            user: user,
            organizationID: organization.id,
            destination: try destination(),
            locationID: location
        )
        try batch.add(change, row: 1)
        if let refusal = try batch.refusals().first?.refusal { throw refusal }
        guard let recorded = try batch.record().first else {
            throw Refusal(.assignmentNotFound, "There is nothing to switch.")
        }
        return recorded
    }

    private func destination() throws -> UserSwitch.Destination {
        switch (to, tenant) {
        case (.cloud, let tenant?): return .cloud(tenant)
        case (.onPremises, nil): return .onPremises
        case (.cloud, nil): throw Refusal.invalidField("tenant", "", "a switch to the cloud needs a tenant")
        case (.onPremises, let tenant?):
            throw Refusal.invalidField("tenant", tenant.description, "a switch to on-premises names none")
        }
    }
}

/// One user's switch.
public struct SwitchResource: Hashable, Sendable, Codable {
    public let userPrincipalName: UserPrincipalName
    public let organizationId: OrganizationID
    public let ended: AssignmentResource
    public let begun: AssignmentResource
    /// The ledger's row.
    public let auditSequence: Int64
}
