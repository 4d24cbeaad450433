/// The licence statement of an organisation, as of any day up to today.
public struct ShowStatement: RegistryQuery {
    public static let summary = "State what is granted, used and left on a day"

    let organization: OrganizationID
    /// Nil for today.
    var asOf: CalendarDate?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> StatementResource {
        let figures = try StatementFigures(of: organization, asOf: asOf, context: context)
        let reading = context.reading
        return StatementResource(
            organizationId: organization.id,
            asOf: figures.day,
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
            tenants: try reading.tenants(of: organization.id)
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
                },
            enrollments: try reading.enrollments(of: organization.id)
                // R33: a renewal late in the window carries on from its own day, though its year began before.
                .filter { $0.benefitsStartOn <= figures.day }
                .map { enrollment in
                    StatementResource.Enrollment(
                        enrollment.known(on: figures.day),
                        status: enrollment.status(on: figures.day, portal: organization.portal),
                        grants: figures.history.grants(of: enrollment.known(on: figures.day), nearest: figures.day)
                    )
                },
            warnings: try reading.remarks(on: figures.history, day: figures.day).map(\.warning)
        )
    }
}
