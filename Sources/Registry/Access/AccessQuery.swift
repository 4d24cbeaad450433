/// Who holds which permission in an organisation, in the order in which it was granted.
public struct AccessQuery: RegistryQuery {
    public let organizationID: OrganizationID
    /// Also what has ended or was taken back.
    public let includesEnded: Bool

    public init(organizationID: OrganizationID, includesEnded: Bool) {
        self.organizationID = organizationID
        self.includesEnded = includesEnded
    }

    public func answer(in context: QueryContext) throws -> [AccessView] {
        let organization = try context.reading.requireOrganization(organizationID)
        try context.require(.administrator, in: organization.id)
        return try context.reading.grants(in: organization.id)
            .filter { includesEnded || $0.isInForce(at: context.now) }
            .map { AccessView($0.grant, revokedAt: $0.revokedAt, in: organization) }
    }
}
