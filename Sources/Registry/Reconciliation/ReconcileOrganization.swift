/// Holds what is recorded of one of an organisation's tenants against an export, which says which tenant it is of.
public struct ReconcileOrganization: RegistryQuery, ReadsExport {
    public static let summary = "Compare the record of the tenant that an export is of with the export"

    let organization: OrganizationID
    /// SKUs to leave out.
    var ignore: [SKUPartNumber]?
    /// Whether users are told also where the seats that they hold are yet to be recorded; nil for no.
    var adopt: Bool?
    /// The export, as it is. Its name may begin with a domain of the tenant.
    public var file: UploadedFile = .absent
    /// What it says, once it was read.
    var export: TenantExport?

    private enum CodingKeys: CodingKey {
        case organization, ignore, adopt
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .cloud)
    }

    /// Reads the export before the registry.
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<ReconciliationResource> {
        .severalSteps {
            let copy = try await readingExport(through: service, as: caller, options)
            return try await service.answer(copy, as: caller, requestID: options.requestID)
        }
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> ReconciliationResource {
        let export = try requireExport()
        let tenants = try context.reading.tenants(of: organization.id)
        let tenant = try TenantOfExport(export, named: file.name, among: tenants).found(in: organization.id)
        return try ReconcileTenant(
            tenant: .domain(tenant.domain),
            ignore: ignore,
            adopt: adopt,
            file: file,
            export: export
        ).answer(on: tenant, in: context)
    }
}

/// Which of an organisation's tenants an export is of.
struct TenantOfExport {
    private let export: TenantExport
    private let fileName: String
    private let tenants: [Tenant]

    init(_ export: TenantExport, named fileName: String, among tenants: [Tenant]) {
        self.export = export
        self.fileName = fileName
        self.tenants = tenants
    }

    /// By its id, the account's name, the file's name, the users' domains, or since there is no other.
    /// - Throws: `Refusal` with `import.invalid` where none of these tells.
    func found(in organization: OrganizationID) throws -> Tenant {
        if let tenant = tenants.first(where: { $0.id.map(export.tenantIDs.contains) ?? false }) { return tenant }
        // A tenant that is known by another id is not meant.
        let open = export.tenantIDs.isEmpty ? tenants : tenants.filter { $0.id == nil }
        if let tenant = byAccount(open) ?? byFileName(open) ?? byUsers(open) { return tenant }
        let saysAnother = !export.users.isEmpty || !export.accountNames.isEmpty
        if open.count == 1, tenants.count == 1, !saysAnother { return open[0] }
        throw Refusal.export(
            "Which of \(organization)'s tenants the file is of cannot be told. Name the tenant, or call the file after one of "
                + "its domains, such as \(tenants.first?.domain.value ?? "contoso.onmicrosoft.com").json."
        )
    }

    private func byAccount(_ tenants: [Tenant]) -> Tenant? {
        let names = Set(export.accountNames.map { "\($0.lowercased()).onmicrosoft.com" })
        return only(tenants.filter { $0.domains.contains { names.contains($0.value) } })
    }

    /// The longest domain that the file's name begins with.
    private func byFileName(_ tenants: [Tenant]) -> Tenant? {
        let name = fileName.split(separator: "/").last.map { $0.lowercased() } ?? ""
        let matches = tenants.flatMap { tenant in
            tenant.domains.filter { domain in
                guard name.hasPrefix(domain.value) else { return false }
                let next = name.dropFirst(domain.value.count).first
                return next.map { !$0.isLetter && !$0.isNumber } ?? true
            }.map { (tenant: tenant, length: $0.value.count) }
        }
        return matches.max { $0.length < $1.length }?.tenant
    }

    /// The one whose domains most users are in.
    private func byUsers(_ tenants: [Tenant]) -> Tenant? {
        var counts: [DomainName: Int] = [:]
        for user in export.users { counts[user.user.domain, default: 0] += 1 }
        let ranked = tenants.map { tenant in
            (tenant: tenant, count: tenant.domains.reduce(0) { $0 + (counts[$1] ?? 0) })
        }
        guard let most = ranked.map(\.count).max(), most > 0 else { return nil }
        return only(ranked.filter { $0.count == most }.map(\.tenant))
    }

    private func only(_ tenants: [Tenant]) -> Tenant? { tenants.count == 1 ? tenants[0] : nil }
}
