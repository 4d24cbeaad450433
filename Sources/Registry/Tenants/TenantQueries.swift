public struct TenantQuery: RegistryQuery {
    public let reference: TenantReference

    public init(_ reference: TenantReference) {
        self.reference = reference
    }

    public func answer(in context: QueryContext) throws -> Tenant {
        let tenant = try context.reading.requireTenant(reference)
        try context.require(.cloud, in: tenant.organizationID)
        return tenant
    }
}

public struct TenantsQuery: RegistryQuery {
    public let organizationID: OrganizationID

    public init(organizationID: OrganizationID) {
        self.organizationID = organizationID
    }

    public func answer(in context: QueryContext) throws -> [Tenant] {
        let organization = try context.reading.requireOrganization(organizationID)
        try context.require(.cloud, in: organization.id)
        return try context.reading.tenants(of: organization.id)
    }
}

public struct SKUQuery: RegistryQuery {
    public let partNumber: SKUPartNumber

    public init(_ partNumber: SKUPartNumber) {
        self.partNumber = partNumber
    }

    public func answer(in context: QueryContext) throws -> SKU {
        try context.reading.requireSKU(partNumber)
    }
}

/// The SKU catalogue, in the order of its part numbers.
public struct SKUsQuery: RegistryQuery {
    public let after: SKUPartNumber?
    public let limit: Int

    public init(after: SKUPartNumber?, limit: Int) {
        self.after = after
        self.limit = limit
    }

    public func answer(in context: QueryContext) throws -> Page<SKU, SKUPartNumber> {
        let items = try context.reading.skus(after: after, limit: limit)
        return Page(items: items, next: items.count == limit ? items.last?.partNumber : nil)
    }
}
