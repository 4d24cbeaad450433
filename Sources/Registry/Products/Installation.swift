/// A product on a machine, as its latest activation left it.
public struct Installation: Hashable, Sendable {
    public let product: String
    public let machine: String
    /// Nil where neither the key nor the activation named one.
    public let version: String?
    public let keyID: ProductKeyID
    public let program: Program.Kind
    public let source: ProductKey.Source
    public let activatedOn: CalendarDate

    public init(
        product: String,
        machine: String,
        version: String?,
        keyID: ProductKeyID,
        program: Program.Kind,
        source: ProductKey.Source,
        activatedOn: CalendarDate
    ) {
        self.product = product
        self.machine = machine
        self.version = version
        self.keyID = keyID
        self.program = program
        self.source = source
        self.activatedOn = activatedOn
    }
}

/// R07: an installation, and how its version stands on a day.
public struct InstallationView: Hashable, Sendable {
    public let installation: Installation
    public let standing: VersionStanding
    public let status: Status

    public enum Status: String, CaseIterable, Codable, Hashable, Sendable {
        case latest
        /// A newer version came, and there is time to upgrade.
        case previous
        /// A newer version came, and the time to upgrade is over.
        case overdue
        case exempt
        case unknown
    }

    init(_ installation: Installation, standing: VersionStanding, on day: CalendarDate) {
        self.installation = installation
        self.standing = standing
        status =
            switch standing {
            case .latest: .latest
            case .previous(let upgradeBy, _): day <= upgradeBy ? .previous : .overdue
            case .exempt: .exempt
            case .unknown: .unknown
            }
    }
}
