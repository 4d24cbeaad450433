/// R09: gold takes the place of a silver competency from the day of the purchase, in one step.
///
/// At Partner Membership Center the year and its anniversary stay; at Partner Center a new year begins. Silver's benefits end
/// the day before, so that no day counts twice. What was redeemed of it stays licensed through its year, and what was not
/// is void.
public struct UpgradeToGold: RegistryCommand {
    public static let action = "enrollment.upgrade"
    public static let summary = "Record that gold takes the place of a silver competency"

    /// The silver competency's.
    let enrollment: EnrollmentID
    /// The day of the purchase; nil for today.
    var on: CalendarDate?
    /// In the currency's minor unit; needed for the difference at Partner Membership Center.
    var silverFee: Int?
    /// In the currency's minor unit.
    let goldFee: Int

    public var subjectOfRefusal: String { enrollment.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .administrator)
    }

    public func run(on silver: Enrollment, in context: CommandContext) throws -> GoldUpgradeResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(silver.organizationID)
        let day = try context.day(stated: on, in: organization)
        let quote = try GoldUpgrade.quote(
            of: silver,
            organization: organization,
            silverFee: silverFee,
            goldFee: goldFee,
            purchasedOn: day
        )
        let program = try upgradedProgram(of: silver, on: day, in: transaction)
        let tokens = try transaction.tokens(
            TokenFilter(organizationID: organization.id, enrollmentID: silver.id, asOf: day),
            after: nil,
            limit: .max
        )
        let gold = silver.successor(
            try chooseID(after: silver.id, in: transaction),
            in: program,
            year: organization.portals.portal(on: day) == .membershipCenter
                ? silver.year : ProgramYear(startsOn: day, length: organization.yearLength),
            from: day,
            recordedAt: context.now
        )
        try transaction.checkEnding(of: silver.id, on: day, allowsSameDay: true)
        try transaction.insert(gold, benefits: program.grantedBenefits)
        try transaction.end(silver.id, Enrollment.Ending(kind: .upgraded, on: day), recordedAt: context.now)
        let history = try GrantHistory(of: organization, reading: transaction)
        let grants = history.grants(of: gold.id, on: gold.benefitsStartOn)
        let issued =
            gold.mintsTokens
            ? try TokenMint(context: context).mint(
                grants,
                of: program,
                for: gold,
                issuedOn: day,
                beside: gold.year == silver.year ? redeemedSeats(tokens) : [:]
            ) : []
        try context.record(
            AddEnrollment.action,
            subject: gold.id.value,
            changes: gold.auditChanges(grants: grants, tokens: issued)
        )
        return try context.record(
            Self.action,
            GoldUpgradeResource(
                enrollmentId: silver.id,
                organizationId: organization.id,
                successorId: gold.id,
                portal: organization.portals.portal(on: day),
                purchasedOn: day,
                amountDue: quote.amountDue,
                year: gold.year,
                anniversary: gold.year.anniversary,
                issued: issued,
                voided: tokens.filter { $0.fate == .unredeemed }.map(\.id)
            ),
            subject: silver.id
        )
    }

    /// The programme of the kind that the enrollment's goes up to.
    private func upgradedProgram(
        of enrollment: Enrollment,
        on day: CalendarDate,
        in transaction: any RegistryTransaction
    ) throws -> Program {
        let kind = enrollment.traits.upgradesTo
        let id = ProgramID(stored: kind?.rawValue ?? "")
        if let program = try transaction.editions(of: id).edition(on: day), program.kind == kind { return program }
        if let program = try transaction.programs().first(where: { $0.kind == kind }) { return program }
        return try transaction.requireProgram(id)
    }

    /// Seats of the same year that stay, by SKU.
    private func redeemedSeats(_ tokens: [Token]) -> [SKUPartNumber: Int] {
        var seats: [SKUPartNumber: Int] = [:]
        for token in tokens {
            guard case .redeemed = token.fate else { continue }
            seats[token.skuPartNumber, default: 0] += token.seats
        }
        return seats
    }

    private func chooseID(after silver: EnrollmentID, in transaction: any RegistryTransaction) throws -> EnrollmentID {
        for number in 1... {
            let suffix = number == 1 ? "-gold" : "-gold-\(number)"
            let id = EnrollmentID(stored: silver.value.prefix(64 - suffix.utf8.count) + suffix)
            if try transaction.enrollment(id) == nil { return id }
        }
        throw identifierTaken("An enrollment", silver.value)
    }
}

/// What an upgrade to gold changed.
public struct GoldUpgradeResource: RecordedAnswer, Hashable, Sendable, Codable {
    /// The silver enrollment.
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    /// The gold enrollment.
    public let successorId: EnrollmentID
    public let portal: Portal
    public let purchasedOn: CalendarDate
    /// In the currency's minor unit.
    public let amountDue: Int
    /// Gold's.
    public let year: ProgramYear
    public let anniversary: CalendarDate
    /// Gold's tokens, where the registry mints them.
    public let issued: [TokenID]
    /// R33: silver's tokens that nobody had redeemed, void from the purchase on.
    public let voided: [TokenID]
    /// The ledger's row.
    public internal(set) var auditSequence: Int64 = 0
}
