public import Registry

public struct ProductVersionResource: Codable, Sendable {
    public let product: String
    public let version: String
    public let cameOn: String

    init(_ version: ProductVersion) {
        product = version.product
        self.version = version.version
        cameOn = version.cameOn.description
    }
}

public struct InstallationResource: Codable, Sendable {
    public let product: String
    public let machine: String
    @Nullable public var version: String?
    public let keyId: String
    public let activatedOn: String
    /// `latest`, `previous`, `overdue`, `exempt` or `unknown` (R07).
    public let status: String
    /// The last day to upgrade on; null where nothing is to be upgraded.
    @Nullable public var upgradeBy: String?
    @Nullable public var upgradeTo: String?

    init(_ view: InstallationView) {
        let installation = view.installation
        product = installation.product
        machine = installation.machine
        version = installation.version
        keyId = installation.keyID.description
        activatedOn = installation.activatedOn.description
        status = view.status.rawValue
        if case .previous(let day, let latest) = view.standing {
            upgradeBy = day.description
            upgradeTo = latest
        }
    }
}

public struct MediaQuoteResource: Codable, Sendable {
    public let enrollmentId: String
    public let on: String
    /// The year's last day.
    public let endsOn: String
    public let daysLeft: Int
    public let daysOfYear: Int
    /// In the fee's own currency, with two decimals.
    public let fee: String
    /// What is to pay, with two decimals.
    public let proratedFee: String
    public let warnings: [WarningResource]

    init(_ answer: MediaQuoteQuery.Answer, cents: Int) {
        enrollmentId = answer.enrollment.id.value
        on = answer.day.description
        endsOn = answer.enrollment.year.endsOn.description
        daysLeft = answer.quote.daysLeft
        daysOfYear = answer.quote.daysOfYear
        fee = Money.text(cents)
        proratedFee = Money.text(answer.quote.cents)
        warnings = answer.warnings.map(WarningResource.init)
    }
}

/// Amounts of money as text: digits, and at most two decimals.
enum Money {
    static func text(_ cents: Int) -> String {
        let rest = cents % 100
        return "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// - Throws: `Refusal` with `input.invalid`.
    static func cents(_ text: String, _ field: String) throws -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isNumber, (1...2).contains(parts.count), parts[0].count <= 9, let whole = Int(parts[0]),
            parts.count == 1 || parts[1].count <= 2
        else { throw WireText.invalid(field, text, "it is an amount such as 120 or 120.50") }
        guard parts.count == 2, let decimals = Int(parts[1]) else { return whole * 100 }
        return whole * 100 + (parts[1].count == 1 ? decimals * 10 : decimals)
    }
}
