public struct OrganizationQuery: RegistryQuery {
    public let id: OrganizationID

    public init(id: OrganizationID) {
        self.id = id
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(id, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> Organization {
        return organization
    }
}

/// The organisations that the caller may see, in the order of their ids.
public struct OrganizationsQuery: RegistryQuery {
    public let after: OrganizationID?
    public let limit: Int

    public init(after: OrganizationID?, limit: Int) {
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<Organization, OrganizationID> {
        let found =
            try context.caller.ownsRegistry
            ? context.reading.organizations(after: after, limit: limit)
            : context.gate.ownOrganizations(after: after, limit: limit)
        return Page(items: found, next: found.count == limit ? found.last?.id : nil)
    }
}

public struct LocationsQuery: RegistryQuery {
    public let organizationID: OrganizationID

    public init(organizationID: OrganizationID) {
        self.organizationID = organizationID
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [Location] {
        return try context.reading.locations(of: organization.id)
    }
}
