public import Registry

public struct TenantResource: Codable, Sendable {
    /// The directory's GUID; null until it is known.
    @Nullable public var id: String?
    public let organizationId: String
    public let domains: [String]
    public let administrator: String
    public let signedUpOn: String
    public let services: [Service]
    public let warnings: [WarningResource]

    public struct Service: Codable, Sendable {
        public let service: String
        public let administrator: String
        @Nullable public var enrollmentId: String?
        public let signedUpOn: String
    }

    init(_ tenant: Tenant, warnings: [Warning] = []) {
        id = tenant.id?.value
        organizationId = tenant.organizationID.value
        domains = tenant.domains.map(\.description)
        administrator = tenant.administrator.description
        signedUpOn = tenant.signedUpOn.description
        services = tenant.services.map { signup in
            Service(
                service: signup.service.rawValue,
                administrator: signup.administrator.description,
                enrollmentId: signup.enrollmentID?.value,
                signedUpOn: signup.signedUpOn.description
            )
        }
        self.warnings = warnings.map(WarningResource.init)
    }
}

public struct SKUResource: Codable, Sendable {
    public let skuPartNumber: String
    /// The first of ``skuIds``.
    @Nullable public var skuId: String?
    public let skuIds: [String]
    public let displayNames: [String]
    @Nullable public var family: String?
    /// R39: whether seats bought outside the programme may share a tenant with the programme's; null while unknown.
    @Nullable public var mayShareTenant: Bool?

    init(_ sku: SKU) {
        skuPartNumber = sku.partNumber.description
        skuId = sku.skuIDs.first
        skuIds = sku.skuIDs
        displayNames = sku.displayNames
        family = sku.family?.rawValue
        mayShareTenant = sku.family?.mayShareTenantWithProgramSeats
    }
}

public struct SKUImportResource: Codable, Sendable {
    public let added: Int
    public let updated: Int
    public let unchanged: Int
    public let withoutFamily: [String]

    init(_ answer: ImportSKUs.Answer) {
        added = answer.added
        updated = answer.updated
        unchanged = answer.unchanged
        withoutFamily = answer.withoutFamily
    }
}

public struct SubscriptionResource: Codable, Sendable {
    public let seatBlockId: String
    @Nullable public var tenantId: String?
    public let tenantDomain: String
    public let skuPartNumber: String
    public let seats: Int
    public let source: String
    public let startsOn: String
    @Nullable public var serviceEndsOn: String?
    public let auditSequence: Int64
    public let dryRun: Bool

    init(_ answer: AddSubscription.Answer, dryRun: Bool) {
        seatBlockId = answer.seatBlockID.description
        tenantId = answer.tenantID?.value
        tenantDomain = answer.tenantDomain.value
        skuPartNumber = answer.skuPartNumber.description
        seats = answer.seats
        source = answer.source
        startsOn = answer.startsOn.description
        serviceEndsOn = answer.serviceEndsOn?.description
        auditSequence = answer.auditSequence
        self.dryRun = dryRun
    }
}
