/// An Organization Account: an organisation's directory in the cloud, named by its domains (R43).
public struct Tenant: Hashable, Sendable, Codable {
    /// The directory's GUID; nil until it is known. Once known it is only corrected.
    public let id: TenantID?
    public let organizationID: OrganizationID
    /// In the order in which they were registered; never empty.
    public let domains: [DomainName]
    /// The account that signed up first.
    public let administrator: UserPrincipalName
    /// The day of the first sign-up. Nothing on the tenant happened before it.
    public let signedUpOn: CalendarDate
    /// The services signed up for, in order.
    public let services: [ServiceSignup]
    /// R54: the billing account that it stands under; nil where it is not known.
    public let billingAccount: String?
    /// The first day without it; nil while it is there.
    public let leftOn: CalendarDate?

    public init(
        id: TenantID?,
        organizationID: OrganizationID,
        domains: [DomainName],
        administrator: UserPrincipalName,
        signedUpOn: CalendarDate,
        services: [ServiceSignup],
        billingAccount: String? = nil,
        leftOn: CalendarDate? = nil
    ) {
        precondition(!domains.isEmpty, "A tenant has at least one domain.")
        self.id = id
        self.organizationID = organizationID
        self.domains = domains
        self.administrator = administrator
        self.signedUpOn = signedUpOn
        self.services = services
        self.billingAccount = billingAccount
        self.leftOn = leftOn
    }

    func isLeft(by day: CalendarDate) -> Bool { leftOn.map { day >= $0 } ?? false }

    /// - Throws: `Refusal` with `tenant.left`.
    func checkNotLeft(by day: CalendarDate) throws(Refusal) {
        guard let leftOn, isLeft(by: day) else { return }
        throw Refusal(
            .tenantLeft,
            "\(domain) was left on \(leftOn); nothing happens there on \(day). Correct that first if it is wrong.",
            facts: ["tenantDomain": domain, "leftOn": leftOn]
        )
    }

    /// R43: refuses what cannot have happened on a tenant before its first sign-up.
    ///
    /// - Parameter what: what is said to have happened, such as `seats cannot have been bought for it`.
    /// - Throws: `Refusal` with `date.too-early`.
    func checkSignedUp(by day: CalendarDate, _ what: String) throws(Refusal) {
        try checkNotLeft(by: day)
        guard day < signedUpOn else { return }
        throw Refusal(
            .dateTooEarly,
            "\(domain) was first signed up on \(signedUpOn); \(what) before, on \(day). "
                + "Give a day from \(signedUpOn) on.",
            facts: ["tenantDomain": domain, "date": day, "earliest": signedUpOn]
        )
    }

    /// The domain that names the tenant: the one that it was first signed up with. It is only corrected.
    public var domain: DomainName { domains[0] }
}

/// A cloud service that a tenant was signed up for.
public struct ServiceSignup: Hashable, Sendable, Codable {
    public let service: CloudService
    /// The account that signed up.
    public let administrator: UserPrincipalName
    /// The enrollment that grants it, for services without tokens (R36).
    public let enrollmentID: EnrollmentID?
    public let signedUpOn: CalendarDate
}

/// What an organisation signs up for.
public enum CloudService: String, Choice {
    public static let summary = "A cloud service that an organisation signs up for."

    case office365 = "office-365"
    case intune
    case azure
    case azureActiveDirectory = "azure-active-directory"
    case dynamicsCRM = "dynamics-crm"
}
