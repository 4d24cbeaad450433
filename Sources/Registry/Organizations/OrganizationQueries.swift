public struct OrganizationQuery: RegistryQuery {
    public let id: OrganizationID

    public init(id: OrganizationID) {
        self.id = id
    }

    public func answer(in context: QueryContext) throws -> Organization {
        let organization = try context.reading.requireOrganization(id)
        try context.require(.statement, in: id)
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

    public func answer(in context: QueryContext) throws -> Page<Organization, OrganizationID> {
        let found = try context.reading.organizations(after: after, limit: limit)
        let visible = try found.filter { organization in
            if context.caller.ownsRegistry { return true }
            let principals = [context.caller.principal] + context.caller.groups
            return try !context.reading.permissions(of: principals, in: organization.id, at: context.now).isEmpty
        }
        return Page(items: visible, next: found.count == limit ? found.last?.id : nil)
    }
}

public struct LocationsQuery: RegistryQuery {
    public let organizationID: OrganizationID

    public init(organizationID: OrganizationID) {
        self.organizationID = organizationID
    }

    public func answer(in context: QueryContext) throws -> [Location] {
        let organization = try context.reading.requireOrganization(organizationID)
        try context.require(.statement, in: organization.id)
        return try context.reading.locations(of: organization.id)
    }
}
