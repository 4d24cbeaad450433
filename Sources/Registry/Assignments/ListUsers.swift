/// Who holds what in an organisation, in the cloud and on-premises, in the order of the assignments' ids.
public struct ListUsers: RegistryQuery {
    public static let summary = "List the users of an organisation and what each holds"

    let organization: OrganizationID
    /// Nil for both.
    var kind: AssignmentKind?
    var product: ProductLine?
    /// Nil for every tenant, and for what is on none.
    var tenant: TenantReference?
    var skuPartNumber: SKUPartNumber?
    var location: LocationID?
    var after: AssignmentID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(
        on organization: Organization,
        in context: QueryContext
    ) throws -> Page<AssignmentResource, AssignmentID> {
        let filter = AssignmentFilter(
            organizationID: organization.id,
            kind: kind,
            product: product,
            tenant: try tenant.map { try context.reading.requireTenant($0, of: organization.id).domain },
            skuPartNumber: try skuPartNumber.map { try context.reading.requireSKU($0).partNumber },
            locationID: try location.map { try context.reading.requireLocation($0, of: organization.id).id }
        )
        return try context.reading.page(of: filter, after: after, limit: limit)
    }
}

/// Who holds seats on a tenant, in the order of the assignments' ids.
public struct ListSeatUsers: RegistryQuery {
    public static let summary = "List the users who hold seats on a tenant"

    let tenant: TenantReference
    var skuPartNumber: SKUPartNumber?
    var after: AssignmentID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func answer(on tenant: Tenant, in context: QueryContext) throws -> Page<AssignmentResource, AssignmentID> {
        let filter = AssignmentFilter(
            organizationID: tenant.organizationID,
            kind: .cloud,
            tenant: tenant.domain,
            skuPartNumber: try skuPartNumber.map { try context.reading.requireSKU($0).partNumber }
        )
        return try context.reading.page(of: filter, after: after, limit: limit)
    }
}
