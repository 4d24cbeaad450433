/// A tenant, as it is listed and shown.
public struct TenantResource: Hashable, Sendable, Codable {
    /// The directory's GUID; null until it is known. Once known it is only corrected.
    @Nullable public var id: TenantID?
    public let organizationId: OrganizationID
    /// In the order in which they were registered.
    public let domains: [DomainName]
    /// The account that signed up first.
    public let administrator: UserPrincipalName
    /// The day of the first sign-up.
    public let signedUpOn: CalendarDate
    /// Those that it was signed up for, in order.
    public let services: [Service]
    /// R54: the billing account that it stands under; null where it is not known.
    @Nullable public var billingAccount: String?
    /// What should be known of a sign-up that was just recorded (R43).
    public let warnings: [Warning]

    /// A cloud service that the tenant was signed up for.
    public struct Service: Hashable, Sendable, Codable {
        public let service: CloudService
        /// The account that signed up.
        public let administrator: UserPrincipalName
        /// R36: the enrollment that grants it; null for a service with tokens.
        @Nullable public var enrollmentId: EnrollmentID?
        public let signedUpOn: CalendarDate
    }

    init(_ tenant: Tenant, warnings: [Warning] = []) {
        id = tenant.id
        organizationId = tenant.organizationID
        domains = tenant.domains
        administrator = tenant.administrator
        signedUpOn = tenant.signedUpOn
        services = tenant.services.map { signup in
            Service(
                service: signup.service,
                administrator: signup.administrator,
                enrollmentId: signup.enrollmentID,
                signedUpOn: signup.signedUpOn
            )
        }
        billingAccount = tenant.billingAccount
        self.warnings = warnings
    }
}
