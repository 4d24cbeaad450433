/// R07: an organisation's installations, and until when those of a previous version are to be upgraded.
public struct ListInstallations: RegistryQuery {
    public static let summary = "List installations of previous versions, and when they must be upgraded by"

    let organization: OrganizationID
    /// Also those of the latest version; nil for false.
    var all: Bool?
    /// Nil for today.
    var asOf: CalendarDate?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [InstallationResource] {
        try installations(reading: context.reading, on: asOf ?? context.today(in: organization))
    }

    func installations(reading: any RegistryReading, on day: CalendarDate) throws -> [InstallationResource] {
        let versions = Dictionary(grouping: try reading.productVersions()) { $0.product.lowercased() }
        return try reading.installations(of: organization, through: day).compactMap { installation in
            // What the catalogue says nothing of has nothing to upgrade to.
            guard let known = versions[installation.product.lowercased()] else { return nil }
            let standing = VersionStanding(
                of: installation.version,
                among: known,
                isExempt: VersionStanding.isExempt(
                    product: installation.product,
                    program: installation.programTraits ?? installation.program.traits,
                    source: installation.source
                ),
                on: day
            )
            let resource = InstallationResource(installation, standing: standing, on: day)
            return all ?? false || resource.status != .latest ? resource : nil
        }
    }
}

/// R07: a product on a machine, and how its version stands on a day.
public struct InstallationResource: Hashable, Sendable, Codable {
    public let product: String
    public let machine: String
    @Nullable public var version: String?
    public let keyId: ProductKeyID
    public let activatedOn: CalendarDate
    public let status: Status
    /// The last day to upgrade on; null where nothing is to be upgraded.
    @Nullable public var upgradeBy: CalendarDate?
    @Nullable public var upgradeTo: String?

    public enum Status: String, Choice {
        public static let summary = "How an installed version stands to the versions that the programme has."

        case latest
        /// A newer version came, and there is time to upgrade.
        case previous
        /// A newer version came, and the time to upgrade is over.
        case overdue
        case exempt
        case unknown
    }

    init(_ installation: Installation, standing: VersionStanding, on day: CalendarDate) {
        product = installation.product
        machine = installation.machine
        version = installation.version
        keyId = installation.keyID
        activatedOn = installation.activatedOn
        switch standing {
        case .latest: status = .latest
        case .previous(let lastDay, let latest):
            status = day <= lastDay ? .previous : .overdue
            upgradeBy = lastDay
            upgradeTo = latest
        case .exempt: status = .exempt
        case .unknown: status = .unknown
        }
    }
}
