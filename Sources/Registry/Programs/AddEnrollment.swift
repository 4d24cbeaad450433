/// Enrols a location in a programme for a year: its benefits count, as far as the maxima allow (R12), and the tokens
/// that they bring are issued (R33, R34).
///
/// Entered for a day in the past, it gives what entering it in time would have given; what that changes of other
/// enrollments' grants is told.
public struct AddEnrollment: RegistryCommand {
    public static let action = "enrollment.add"
    public static let summary = "Enrol a location in a programme"

    let organization: OrganizationID
    let program: ProgramID
    /// The licence table that it is made from; nil for the one of its first day.
    var edition: EditionID?
    /// Nil for the headquarters.
    var location: LocationID?
    var competency: KeptText?
    let startsOn: CalendarDate
    /// Nil lets the registry choose one.
    var id: EnrollmentID?
    /// Nil for `none`.
    var tokens: TokenSource?

    /// Where an enrollment's tokens come from, now and when it is renewed.
    public enum TokenSource: String, Choice {
        public static let summary = "Where an enrollment's tokens come from."

        /// This registry makes up the codes, for who runs a portal of their own.
        case mint
        /// The portal's are imported.
        case none
    }

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> EnrollmentResource {
        try run(on: organization, after: nil, issuesTokens: true, in: context)
    }

    /// - Parameters:
    ///   - predecessor: the enrollment that it took the place of, which has ended.
    ///   - issuesTokens: whether it brings tokens now, where the registry mints them.
    func run(
        on organization: Organization,
        after predecessor: Enrollment?,
        issuesTokens: Bool,
        in context: CommandContext
    ) throws -> EnrollmentResource {
        let transaction = context.transaction
        let program = try transaction.requireProgram(program, edition: edition, on: startsOn)
        let location = try transaction.requireLocation(location ?? Location.headquartersID, of: organization.id)
        let held = try transaction.enrollments(of: organization.id)
        try EnrollmentEligibility(
            program: program,
            location: location,
            organization: organization,
            startsOn: startsOn,
            held: held
        ).check()

        var enrollment = Enrollment(
            id: try chooseID(in: transaction),
            organizationID: organization.id,
            locationID: location.id,
            country: location.country,
            programID: program.id,
            programKind: program.kind,
            edition: program.edition.id,
            programTraits: program.traits,
            competency: competency?.text,
            year: ProgramYear(startsOn: startsOn, length: organization.yearLength),
            mintsTokens: tokens == .mint,
            recordedAt: context.now
        )
        enrollment.predecessor = predecessor?.id
        enrollment.predecessorEndedOn = predecessor?.ending?.on
        let benefits = program.grantedBenefits
        let earlier = try GrantHistory(of: organization, reading: transaction)
        let history = earlier.adding(enrollment, benefits: benefits, sharing: Sharing(location))
        let grants = history.grants(of: enrollment.id, on: enrollment.benefitsStartOn)
        try transaction.insert(enrollment, benefits: benefits)
        let tokens =
            enrollment.mintsTokens && issuesTokens
            ? try TokenMint(context: context).mint(grants, of: program, for: enrollment, issuedOn: startsOn) : []
        try context.record(
            Self.action,
            subject: enrollment.id.value,
            changes: enrollment.auditChanges(grants: grants, tokens: tokens)
        )
        return EnrollmentResource(
            enrollment,
            history: history,
            on: context.today(in: organization),
            tokens: tokens,
            changes: earlier.changes(to: history, by: [enrollment.id]),
            warnings: enrollment.saleWarning.map { [$0] } ?? []
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

extension Enrollment {
    /// R53: it begins when its programme was not sold any more, which can hardly be true.
    var saleWarning: Warning? {
        guard let last = traits.soldThrough, year.startsOn > last else { return nil }
        return Warning(
            code: "enrollment.after-last-sale",
            rule: .r53,
            detail: "\(programID) was last sold or renewed on \(last), and \(id) begins on \(year.startsOn)."
        )
    }

    /// What the ledger says of a new enrollment.
    func auditChanges(grants: [Grant], tokens: [TokenID]) -> [String: (any Encodable)?] {
        [
            "organizationId": organizationID,
            "locationId": locationID,
            "program": programID,
            "edition": edition,
            "competency": competency,
            "startsOn": year.startsOn,
            "endsOn": year.endsOn,
            "mintsTokens": mintsTokens,
            "predecessor": predecessor,
            "grants": AuditValue.list(
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
            "tokens": tokens,
        ]
    }
}
