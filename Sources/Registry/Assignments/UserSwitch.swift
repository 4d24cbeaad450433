/// R18, R41: one user's change between the cloud and on-premises.
public struct UserSwitch: Hashable, Sendable, Encodable {
    public let user: UserPrincipalName
    public let organizationID: OrganizationID
    public let destination: Destination
    /// Where the user works from then on; nil to stay.
    public let locationID: LocationID?

    public init(
        user: UserPrincipalName,
        organizationID: OrganizationID,
        destination: Destination,
        locationID: LocationID? = nil
    ) {
        self.user = user
        self.organizationID = organizationID
        self.destination = destination
        self.locationID = locationID
    }

    public enum Destination: Hashable, Sendable, Encodable {
        case cloud(TenantReference)
        case onPremises

        public var kind: AssignmentKind {
            switch self {
            case .cloud: .cloud
            case .onPremises: .onPremises
            }
        }
    }
}

/// A switch as it was recorded.
public struct RecordedSwitch: Hashable, Sendable, Codable {
    public let ended: Assignment
    public let begun: Assignment
    /// The ledger's row.
    public let auditSequence: Int64
}

/// Switches one user.
public struct SwitchUser: RegistryCommand {
    public static let action = "user.switch"

    public let change: UserSwitch
    /// The first day of the new state; nil for today.
    public let on: CalendarDate?

    public init(_ change: UserSwitch, on: CalendarDate? = nil) {
        self.change = change
        self.on = on
    }

    public var subjectOfRefusal: String { change.user.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(change.organizationID, for: .cloud)
    }

    public func run(on _: Organization, in context: CommandContext) throws -> RecordedSwitch {
        var batch = SwitchBatch(context: context, statedDay: on)
        try batch.add(change, row: 1)
        if let refusal = try batch.refusals().first?.refusal { throw refusal }
        guard let recorded = try batch.record().first else {
            throw Refusal(.assignmentNotFound, "There is nothing to switch.")
        }
        return recorded
    }
}
