/// Records that an enrollment was not renewed, and lists everything that ends (R10, R35).
public struct LapseRenewal: RegistryCommand {
    public static let action = "renewal.lapse"
    public static let summary = "Record that an enrollment was not renewed, and list what ends"

    let enrollment: EnrollmentID
    /// The first day on which it holds; a rehearsal may look ahead.
    let on: CalendarDate

    public var subjectOfRefusal: String { enrollment.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .administrator)
    }

    public func run(on enrollment: Enrollment, in context: CommandContext) throws -> LapseResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        let day = try context.options.isDryRun ? on : context.day(stated: on, in: organization)
        try RenewalTiming.checkLapse(enrollment, portal: organization.portals, on: day).get()
        try transaction.checkEnding(of: enrollment.id, on: day)
        let window = RenewalWindow(of: enrollment.year, at: organization.portals)
        let benefitsEndOn = min(window.benefitsContinueThrough(), day.adding(days: -1))
        let situation = try transaction.lapseSituation(
            of: enrollment,
            organization: organization,
            benefitsEndOn: benefitsEndOn,
            day: min(day, context.today(in: organization))
        )
        let voided = try transaction.voidUnredeemedTokens(
            of: enrollment.id,
            on: RenewalTiming.voidDay(of: enrollment.year),
            recordedAt: context.now
        )
        try transaction.end(enrollment.id, Enrollment.Ending(kind: .lapsed, on: day), recordedAt: context.now)
        let seats = situation.lapsingSeats
        let sequence = try context.record(
            Self.action,
            subject: enrollment.id.value,
            changes: [
                "on": .text(day.description),
                "benefitsEndOn": .text(benefitsEndOn.description),
                "voided": .list(voided.map { .text($0.description) }),
                "seats": .number(seats.reduce(0) { $0.clampedSum($1.seats) }),
                "users": .number(seats.reduce(0) { $0 + $1.users.count }),
            ]
        )
        return LapseResource(
            enrollmentId: enrollment.id,
            organizationId: organization.id,
            lapsedOn: day,
            benefitsEndOn: benefitsEndOn,
            voided: voided,
            products: situation.products,
            seats: seats,
            actions: situation.actions,
            auditSequence: sequence
        )
    }
}

extension RegistryReading {
    fileprivate func lapseSituation(
        of enrollment: Enrollment,
        organization: Organization,
        benefitsEndOn: CalendarDate,
        day: CalendarDate
    ) throws -> LapseSituation {
        let firstDay = benefitsEndOn.adding(days: 1)
        let staying = try enrollments(of: organization.id).filter {
            $0.id != enrollment.id && $0.isInForce(on: firstDay, portal: organization.portals)
        }
        let history = try GrantHistory(of: organization, reading: self)
        let sharing = Sharing(try requireLocation(enrollment.locationID, of: organization.id))
        let grants = history.grants(of: enrollment, nearest: benefitsEndOn)
        let seats = try seatUses(
            closing: enrollment,
            staying: staying,
            organization: organization,
            day: day,
            firstDay: firstDay
        )
        var users: [ProductLine: [UserPrincipalName]] = [:]
        for product in grants.map(\.product) {
            let filter = AssignmentFilter(organizationID: organization.id, kind: .onPremises, product: product)
            users[product] = try openAssignments(filter, after: nil, limit: .max)
                .filter { $0.isCounted }.map(\.user).reversed()
        }
        return LapseSituation(
            enrollment: enrollment,
            benefitsEndOn: benefitsEndOn,
            grants: grants,
            remaining: history.without(enrollment.id).grants(on: firstDay).filter { $0.sharing == sharing }.map(
                \.grant
            ),
            use: try use(of: nil, in: organization.id).filter { $0.sharing == sharing },
            onPremisesUsers: users,
            seats: seats,
            room: try room(in: organization, closing: enrollment, day: firstDay)
        )
    }

    /// Licensed seats that nobody uses on `day`, other than those of `closing`.
    private func room(
        in organization: Organization,
        closing: Enrollment,
        day: CalendarDate
    ) throws -> [LapseSituation.Room] {
        try tenants(of: organization.id).flatMap { tenant in
            try seatHoldings(on: tenant, organization: organization, day: day).compactMap { holding in
                let licensed = holding.blocks.filter {
                    $0.status == .enabled && $0.isLicensed && $0.block.source.enrollmentID != closing.id
                }
                let free = licensed.reduce(0) { $0.clampedSum($1.block.seats) } - holding.consumedUnits
                guard free > 0 else { return nil }
                return LapseSituation.Room(
                    tenantDomain: tenant.domain,
                    skuPartNumber: holding.pool.skuPartNumber,
                    source: holding.pool.source,
                    seats: free
                )
            }
        }
    }
}
