/// Who holds which permission in an organisation, in the order in which it was granted.
public struct AccessQuery: RegistryQuery {
    public let organizationID: OrganizationID
    /// Also what has ended or was taken back.
    public let includesEnded: Bool

    public init(organizationID: OrganizationID, includesEnded: Bool) {
        self.organizationID = organizationID
        self.includesEnded = includesEnded
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .administrator)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [AccessView] {
        return try context.reading.grants(in: organization.id)
            .filter { includesEnded || $0.isInForce(at: context.now) }
            .map { AccessView($0.grant, revokedAt: $0.revokedAt, in: organization) }
    }
}
