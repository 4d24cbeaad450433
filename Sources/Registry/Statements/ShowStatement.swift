/// The licence statement of an organisation, as of any day up to today.
public struct ShowStatement: RegistryQuery {
    public static let summary = "State what is granted, used and left on a day"

    let organization: OrganizationID
    /// Nil for today.
    var asOf: CalendarDate?
    /// What was known then, without what was recorded or corrected later; nil for all that is known.
    var knownOn: KnownOn?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> StatementResource {
        let reading = context.reading
        guard let knownOn else {
            return try Statement(of: organization, asOf: asOf, at: context.now, reading: reading).resource()
        }
        let instant = try knownOn.instant(in: organization, at: context.now, reading: reading)
        return try reading.asKnown(by: min(instant, context.now)) { known in
            guard let then = try known.organization(organization.id) else {
                throw Refusal(
                    .dateTooEarly,
                    "Nothing of \(organization.id) was known by \(knownOn): its first row in the ledger is later.",
                    facts: ["organizationId": organization.id, "knownOn": knownOn]
                )
            }
            return try Statement(
                of: then,
                asOf: asOf,
                at: min(instant, context.now),
                reading: known
            ).resource()
        }
    }
}

/// The licence statement of an organisation, from what is known at an instant.
private struct Statement {
    let organization: Organization
    let figures: StatementFigures
    let instant: Instant
    let reading: any RegistryReading

    init(of organization: Organization, asOf: CalendarDate?, at instant: Instant, reading: any RegistryReading) throws {
        self.organization = organization
        self.instant = instant
        self.reading = reading
        figures = try StatementFigures(
            of: organization,
            asOf: asOf,
            today: organization.timeZone.day(of: instant),
            reading: reading
        )
    }

    func resource() throws -> StatementResource {
        let later = try reading.recordedLater(
            of: organization.id,
            through: figures.day,
            after: organization.timeZone.end(of: figures.day)
        )
        return StatementResource(
            organizationId: organization.id,
            asOf: figures.day,
            auditSequence: try reading.auditSequence(of: organization.id, by: instant),
            recordedLater: later.facts,
            correctedLater: later.corrections,
            products: figures.products(of: .organization).map { figures.statement(of: $0, sharing: .organization) },
            apart: figures.apart.map { location in
                StatementResource.Apart(
                    locationId: location,
                    products: figures.products(of: .apart(location)).map {
                        figures.statement(of: $0, sharing: .apart(location))
                    }
                )
            },
            tokens: try reading.tokenCounts(of: organization.id, on: figures.day),
            tenants: try tenants(),
            enrollments: try enrollments(),
            warnings: try reading.remarks(on: figures.history, day: figures.day).map(\.warning)
        )
    }

    private func tenants() throws -> [StatementResource.Tenant] {
        try reading.tenants(of: organization.id)
            .filter { $0.signedUpOn <= figures.day }
            .map { tenant in
                StatementResource.Tenant(
                    id: tenant.id,
                    tenantDomain: tenant.domain,
                    seats: try reading.seatHoldings(
                        on: tenant,
                        organization: organization,
                        day: figures.today,
                        asOf: figures.day
                    ).map(StatementResource.Seats.init)
                )
            }
    }

    private func enrollments() throws -> [StatementResource.Enrollment] {
        try reading.enrollments(of: organization.id)
            // R33: a renewal late in the window carries on from its own day, though its year began before.
            .filter { $0.benefitsStartOn <= figures.day }
            .map { enrollment in
                StatementResource.Enrollment(
                    enrollment.known(on: figures.day),
                    status: enrollment.status(on: figures.day, portal: organization.portals),
                    grants: figures.history.grants(of: enrollment.known(on: figures.day), nearest: figures.day)
                )
            }
    }
}
