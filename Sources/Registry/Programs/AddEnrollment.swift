/// Enrols a location in a programme for a year: its benefits count, as far as the maxima allow (R12), and the tokens
/// that they bring are issued (R33, R34).
///
/// Entered for a day in the past, it gives what entering it in time would have given; what that changes of other
/// enrollments' grants is told.
public struct AddEnrollment: RegistryCommand {
    public static let action = "enrollment.add"

    public let organizationID: OrganizationID
    public let programID: ProgramID
    /// Nil for the headquarters.
    public let locationID: LocationID?
    public let competency: String?
    public let startsOn: CalendarDate
    /// Nil lets the registry choose one.
    public let id: EnrollmentID?
    /// Whether this registry makes the codes, now and when the enrollment is renewed; otherwise the portal's are imported.
    public let mintsTokens: Bool

    public init(
        organizationID: OrganizationID,
        programID: ProgramID,
        locationID: LocationID?,
        competency: String?,
        startsOn: CalendarDate,
        id: EnrollmentID?,
        mintsTokens: Bool
    ) {
        self.organizationID = organizationID
        self.programID = programID
        self.locationID = locationID
        self.competency = competency
        self.startsOn = startsOn
        self.id = id
        self.mintsTokens = mintsTokens
    }

    public var subjectOfRefusal: String { organizationID.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> EnrollmentDetails {
        let transaction = context.transaction
        let program = try transaction.requireProgram(programID)
        let location = try transaction.requireLocation(locationID ?? Location.headquartersID, of: organization.id)
        let held = try transaction.enrollments(of: organization.id)
        try EnrollmentEligibility(
            program: program,
            location: location,
            organization: organization,
            startsOn: startsOn,
            held: held
        ).check()

        let enrollment = Enrollment(
            id: try chooseID(in: transaction),
            organizationID: organization.id,
            locationID: location.id,
            country: location.country,
            programID: program.id,
            programKind: program.kind,
            competency: competency,
            year: ProgramYear(startsOn: startsOn, length: organization.yearLength),
            mintsTokens: mintsTokens,
            recordedAt: context.now
        )
        let benefits = program.grantedBenefits
        let earlier = try GrantHistory(of: organization, reading: transaction)
        let history = earlier.adding(enrollment, benefits: benefits, sharing: Sharing(location))
        let grants = history.grants(of: enrollment.id, on: enrollment.benefitsStartOn)
        try transaction.insert(enrollment, benefits: benefits)
        let tokens =
            mintsTokens
            ? try TokenMint(context: context).mint(grants, of: program, for: enrollment, issuedOn: startsOn) : []
        try context.record(
            Self.action,
            subject: enrollment.id.value,
            changes: enrollment.auditChanges(grants: grants, tokens: tokens)
        )
        let today = context.today(in: organization)
        return EnrollmentDetails(
            enrollment: enrollment,
            status: enrollment.status(on: today, portal: organization.portal),
            grants: history.grants(of: enrollment, nearest: today),
            tokens: tokens,
            changes: earlier.changes(to: history, by: [enrollment.id])
        )
    }

    private func chooseID(in transaction: any RegistryTransaction) throws -> EnrollmentID {
        if let id {
            guard try transaction.enrollment(id) == nil else { throw identifierTaken("An enrollment", id.value) }
            return id
        }
        var number = try transaction.enrollmentCount() + 1
        while try transaction.enrollment(EnrollmentID(stored: "E\(number)")) != nil { number += 1 }
        return EnrollmentID(stored: "E\(number)")
    }
}

/// An enrollment with what it granted and the tokens that it brought.
public struct EnrollmentDetails: Hashable, Sendable, Codable {
    public let enrollment: Enrollment
    public let status: Enrollment.Status
    /// R12: as of today, or the nearest day on which the enrollment is in force.
    public let grants: [Grant]
    public let tokens: [TokenID]
    /// What the command that gave this answer changed of what other enrollments grant.
    public let changes: [GrantChange]

    public init(
        enrollment: Enrollment,
        status: Enrollment.Status,
        grants: [Grant],
        tokens: [TokenID],
        changes: [GrantChange] = []
    ) {
        self.enrollment = enrollment
        self.status = status
        self.grants = grants
        self.tokens = tokens
        self.changes = changes
    }
}

extension Enrollment {
    /// What the ledger says of a new enrollment.
    func auditChanges(grants: [Grant], tokens: [TokenID]) -> [String: AuditValue] {
        [
            "organizationId": .text(organizationID.value),
            "locationId": .text(locationID.value),
            "program": .text(programID.value),
            "competency": .optional(competency),
            "startsOn": .text(year.startsOn.description),
            "endsOn": .text(year.endsOn.description),
            "mintsTokens": .flag(mintsTokens),
            "predecessor": .optional(predecessor),
            "grants": .list(
                grants.map { grant in
                    .object([
                        "product": .text(grant.product.rawValue),
                        "quantity": .number(grant.quantity),
                        "granted": .number(grant.granted),
                        "clipped": .number(grant.clipped),
                        "countryMaximum": .number(grant.maximum.country),
                        "worldwideMaximum": .number(grant.maximum.worldwide),
                    ])
                }
            ),
            "tokens": .list(tokens.map { .text($0.description) }),
        ]
    }
}
