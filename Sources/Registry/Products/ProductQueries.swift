/// R07: the versions that the programme has.
public struct ProductVersionsQuery: RegistryQuery {
    public init() {}

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> [ProductVersion] {
        try context.reading.productVersions()
    }
}

/// R07: an organisation's installations, and until when those of a previous version are to be upgraded.
public struct InstallationsQuery: RegistryQuery {
    public let organizationID: OrganizationID
    /// Include those of the latest version.
    public let includesLatest: Bool
    /// Nil for today.
    public let asOf: CalendarDate?

    public init(organizationID: OrganizationID, includesLatest: Bool = false, asOf: CalendarDate? = nil) {
        self.organizationID = organizationID
        self.includesLatest = includesLatest
        self.asOf = asOf
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [InstallationView] {
        return try views(reading: context.reading, on: asOf ?? context.today(in: organization))
    }

    func views(reading: any RegistryReading, on day: CalendarDate) throws -> [InstallationView] {
        let versions = Dictionary(grouping: try reading.productVersions()) { $0.product.lowercased() }
        return try reading.installations(of: organizationID, through: day).compactMap { installation in
            // What the catalogue says nothing of has nothing to upgrade to.
            guard let known = versions[installation.product.lowercased()] else { return nil }
            let standing = VersionStanding(
                of: installation.version,
                among: known,
                isExempt: VersionStanding.isExempt(
                    product: installation.product,
                    program: installation.program,
                    source: installation.source
                ),
                on: day
            )
            let view = InstallationView(installation, standing: standing, on: day)
            return includesLatest || view.status != .latest ? view : nil
        }
    }
}
