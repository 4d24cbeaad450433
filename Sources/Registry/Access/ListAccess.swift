/// Who holds which permission in an organisation, in the order in which it was granted.
public struct ListAccess: RegistryQuery {
    public static let summary = "List who has which permission"

    let organization: OrganizationID
    /// Also what has ended or was taken back.
    var ended: Bool?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [AccessResource] {
        try context.reading.grants(in: organization.id)
            .filter { ended == true || $0.isInForce(at: context.now) }
            .map { AccessResource($0.grant, revokedAt: $0.revokedAt, in: organization) }
    }
}
