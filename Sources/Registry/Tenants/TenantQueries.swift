public struct TenantQuery: RegistryQuery {
    public let reference: TenantReference

    public init(_ reference: TenantReference) {
        self.reference = reference
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(reference, for: .cloud)
    }

    public func answer(on tenant: Tenant, in context: QueryContext) throws -> Tenant {
        return tenant
    }
}

public struct TenantsQuery: RegistryQuery {
    public let organizationID: OrganizationID

    public init(organizationID: OrganizationID) {
        self.organizationID = organizationID
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .cloud)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [Tenant] {
        return try context.reading.tenants(of: organization.id)
    }
}

public struct SKUQuery: RegistryQuery {
    public let partNumber: SKUPartNumber

    public init(_ partNumber: SKUPartNumber) {
        self.partNumber = partNumber
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> SKU {
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

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<SKU, SKUPartNumber> {
        let items = try context.reading.skus(after: after, limit: limit)
        return Page(items: items, next: items.count == limit ? items.last?.partNumber : nil)
    }
}
