/// Collects what should be known of one organisation.
struct OrganizationNotices {
    let organization: Organization
    let selection: NoticeSelection
    let context: QueryContext
    let today: CalendarDate
    let enrollments: [Enrollment]
    private(set) var notices: [NoticeResource] = []

    init(of organization: Organization, _ selection: NoticeSelection, in context: QueryContext) throws {
        self.organization = organization
        self.selection = selection
        self.context = context
        today = context.today(in: organization)
        enrollments = try context.reading.enrollments(of: organization.id)
    }

    var reading: any RegistryReading { context.reading }
    var thresholds: NoticeThresholds { selection.thresholds }

    /// The last day of what is told to end.
    var horizon: CalendarDate { today.adding(days: thresholds.within) }

    /// The gravest first, then the soonest.
    var sorted: [NoticeResource] {
        notices.sorted { left, right in
            let (one, other) = (left.on ?? today, right.on ?? today)
            return (left.severity, one, left.key) < (right.severity, other, right.key)
        }
    }

    mutating func collect() throws {
        try collectSeats()
        try collectTokens()
        try collectRenewals()
        try collectUse()
        try collectKeys()
    }

    /// Adds a notice, where its kind is told.
    mutating func add(
        _ kind: NoticeKind,
        _ severity: NoticeSeverity,
        _ text: String,
        rule: Rule?,
        quantity: Int,
        on day: CalendarDate? = nil,
        about subject: Subject,
        limit: Int? = nil,
        users: [UserPrincipalName] = [],
        affectedUsers: Int = 0
    ) {
        guard selection.tells(kind) else { return }
        notices.append(
            NoticeResource(
                kind: kind,
                severity: severity,
                organizationId: organization.id,
                text: text,
                rule: rule,
                on: day,
                daysLeft: day?.days(since: today),
                enrollmentId: subject.enrollment,
                tenantId: subject.tenant?.id,
                tenantDomain: subject.tenant?.domain,
                skuPartNumber: subject.pool?.skuPartNumber ?? subject.sku,
                product: subject.product,
                country: subject.country,
                quantity: quantity,
                limit: limit,
                affectedUsers: affectedUsers,
                users: users,
                key: ([kind.rawValue, organization.id.value] + subject.keyParts + [day?.description])
                    .compactMap(\.self).joined(separator: "/")
            )
        )
    }

    /// What a notice is about.
    struct Subject {
        var enrollment: EnrollmentID?
        var tenant: Tenant?
        var pool: SeatPool?
        var sku: SKUPartNumber?
        var product: String?
        var country: CountryCode?
        /// A location that shares nothing (R03).
        var location: LocationID?

        var keyParts: [String?] {
            [
                enrollment?.value, tenant?.domain.value, pool?.skuPartNumber.key ?? sku?.key,
                pool.flatMap { $0.source == SeatSource.programDescription ? nil : $0.source }, product,
                location?.value, country?.description,
            ]
        }
    }
}

/// `1 seat`, `2 seats`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
