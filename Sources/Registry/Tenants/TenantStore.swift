public protocol TenantReading {
    /// The tenant with this GUID; nil also while its GUID is not known.
    func tenant(_ id: TenantID) throws -> Tenant?
    /// The tenant that this very domain is registered for.
    func tenant(registering domain: DomainName) throws -> Tenant?
    /// In the order in which they were recorded.
    func tenants(of organization: OrganizationID) throws -> [Tenant]
    /// The domains of all tenants that stand next to `text` in their order, `limit` at most: for suggestions.
    func domains(around text: String, limit: Int) throws -> [String]
    func sku(_ partNumber: SKUPartNumber) throws -> SKU?
    /// In the order of their part numbers.
    func skus(after partNumber: SKUPartNumber?, limit: Int) throws -> [SKU]
}

/// A tenant is named by the domain that it was signed up with, ``Tenant/domain``.
public protocol TenantWriting {
    func insert(_ tenant: Tenant, recordedAt: Instant) throws
    func add(_ domain: DomainName, to tenant: DomainName, recordedAt: Instant) throws
    func add(_ signup: ServiceSignup, to tenant: DomainName, recordedAt: Instant) throws
    /// Records the directory's GUID, of a tenant that has none yet.
    func set(_ id: TenantID, of tenant: DomainName, recordedAt: Instant) throws
    /// Adds the SKU, or replaces what is known of it.
    func put(_ sku: SKU, recordedAt: Instant) throws
}

/// How a person names a tenant: a registered domain or the directory's GUID.
public enum TenantReference: Hashable, Sendable {
    case id(TenantID)
    case domain(DomainName)

    /// - Throws: `Refusal` with `input.invalid` when the text is neither.
    public init(_ text: String) throws {
        if let id = TenantID(text) {
            self = .id(id)
        } else {
            self = .domain(try DomainName(text))
        }
    }
}

extension TenantReference: CustomStringConvertible {
    public var description: String {
        switch self {
        case .id(let id): id.value
        case .domain(let domain): domain.description
        }
    }
}

extension TenantReference: TextValue {
    public static let form = TextForm(
        "it is a domain name, or a tenant's id",
        describedAs: "A domain of the tenant, or its id.",
        example: "contoso.onmicrosoft.com",
        maximumLength: 253
    )
}

extension TenantReading {
    /// The tenant that `reference` names; nil when there is none.
    func tenant(_ reference: TenantReference) throws -> Tenant? {
        switch reference {
        case .id(let id): try tenant(id)
        case .domain(let domain): try tenant(registering: domain)
        }
    }

    /// A tenant of an organisation that the caller was permitted; another's is not told from one that does not exist.
    /// - Throws: `Refusal` with `tenant.not-found`, the organisation's near domains included.
    func requireTenant(_ reference: TenantReference, of organization: OrganizationID) throws -> Tenant {
        if let tenant = try tenant(reference), tenant.organizationID == organization { return tenant }
        let domains = try tenants(of: organization).prefix(1_000).flatMap { $0.domains.map(\.description) }
        let near = nearNames(to: reference.description, among: domains)
        throw Refusal(
            .tenantNotFound,
            "\(organization) has no tenant \(reference).\(suggestion(near))",
            facts: ["tenant": reference, "near": near]
        )
    }

    /// - Throws: `Refusal` with `sku.not-found`.
    func requireSKU(_ partNumber: SKUPartNumber) throws -> SKU {
        if let sku = try sku(partNumber) { return sku }
        let near = nearNames(
            to: partNumber.description,
            among: try skus(after: nil, limit: 1_000).map(\.partNumber.description)
        )
        throw Refusal(
            .skuNotFound,
            rule: .r39,
            "The catalogue does not know the SKU \(partNumber); import Microsoft's list to make it known."
                + suggestion(near),
            facts: ["skuPartNumber": partNumber, "near": near]
        )
    }
}
