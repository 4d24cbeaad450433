package import HTML
package import Registry

/// A statement as a page that prints well: what is granted, used and left, what came and lapses when, and who holds what.
package struct StatementPage {
    let organization: OrganizationResource
    let statement: StatementResource
    let timeline: TimelineResource
    let madeAt: Instant

    package init(
        organization: OrganizationResource,
        statement: StatementResource,
        timeline: TimelineResource,
        madeAt: Instant
    ) {
        self.organization = organization
        self.statement = statement
        self.timeline = timeline
        self.madeAt = madeAt
    }

    /// The whole page, in one file.
    package var text: String {
        let title = "Licence statement of \(organization.name) as of \(statement.asOf)"
        return Report.document(title).text {
            ReportBar.hatchings
            Markup("main") { content }
            Report.footer(
                at: madeAt,
                command: "tokenctl statement \(statement.organizationId) --as-of \(statement.asOf) --format html"
            )
        }
    }

    /// What the page says, with bars that use ``ReportBar/hatchings``.
    package var content: Markup {
        Markup {
            heading
            Markup("h2") { "Entitlement" }
            products(statement.products)
            for location in statement.apart { apart(location) }
            Markup("h2") { "Redemptions and lapses" }
            TimelineFigure(timeline: timeline).markup
            Markup("h2") { "Seats by tenant" }
            tenants
            Markup("h2") { "Enrollments" }
            enrollments
        }
    }

    private var heading: Markup {
        Markup {
            Markup("h1") {
                "Licence statement of "
                Report.name(organization.name)
            }
            Markup("p", ["class": "lead"]) {
                "As of "
                Report.date(statement.asOf)
                ", in the time zone \(organization.timeZone.identifier)"
            }
            Report.facts([
                ("Organisation", Report.name(organization.id)),
                ("Headquarters", Markup(text: organization.country.value)),
                ("Portal", Markup(text: organization.portal.rawValue)),
            ])
            Report.list(StatementText.lines(on: statement, withTables: true).map { Markup(text: $0) })
        }
    }

    private var tenants: Markup {
        let rows = statement.tenants.flatMap { tenant in tenant.seats.map { TenantSeats(tenant: tenant, seats: $0) } }
        guard !rows.isEmpty else { return Markup("p") { "No tenant has had seats." } }
        let scale = rows.map { max($0.total, $0.seats.consumedUnits) }.max() ?? 0
        typealias Column = ReportTable<TenantSeats>.Column
        func column(_ heading: String, _ units: @escaping (PrepaidUnits) -> Int) -> [Column] {
            let hasAny = rows.contains { units($0.seats.prepaidUnits) > 0 }
            return hasAny ? [.number(heading) { units($0.seats.prepaidUnits) }] : []
        }
        return Markup {
            ReportBar.legend(
                [(.one, "enabled"), (.two, "in warning"), (.three, "suspended"), (.four, "locked out")],
                mark: "users"
            )
            ReportTable<TenantSeats>(
                caption: "Seats of each SKU and source by their state, and the users who hold one",
                columns: [
                    .wide("Tenant") { $0.tenant.tenantDomain.value },
                    .text("SKU") { $0.seats.skuPartNumber.description },
                    .name("Source") { $0.seats.source },
                    .number("Enabled") { $0.seats.prepaidUnits.enabled },
                ] + column("In warning", \.warning) + column("Suspended", \.suspended)
                    + column("Locked out", \.lockedOut) + [
                        .number("Users") { $0.seats.consumedUnits },
                        .number("Unlicensed") { $0.seats.unlicensedUnits },
                        .bar("State") { $0.bar(scale) },
                    ]
            ).markup(rows)
            for row in rows where !row.seats.unlicensedUsers.isEmpty { row.unlicensed }
        }
    }

    private var enrollments: Markup {
        guard !statement.enrollments.isEmpty else { return Markup("p") { "The organisation holds no programme." } }
        return ReportTable<StatementResource.Enrollment>(
            caption: "Enrollments, their years, and what they grant",
            columns: [
                .name("Enrollment") { $0.id.value },
                .name("Programme") { $0.program.value },
                .name("Location") { "\($0.locationId) (\($0.country))" },
                .date("Starts") { $0.startsOn },
                .date("Ends") { $0.endsOn },
                .text("Status") { $0.status.rawValue },
                .name("Grants") { $0.grants.map(\.text).joined(separator: ", ") },
            ]
        ).markup(statement.enrollments)
    }

    /// The derivation of a product line's figures as a page.
    package static func text(
        of explanation: StatementExplanationResource,
        madeAt: Instant
    ) -> String {
        let title = "\(explanation.product) of \(explanation.organizationId) as of \(explanation.asOf)"
        return Report.document(title).text {
            Markup("main") {
                Markup("h1") { "How the figures of \(explanation.product) come about" }
                Markup("p", ["class": "lead"]) {
                    Report.name(explanation.organizationId)
                    ", as of "
                    Report.date(explanation.asOf)
                    ", in \(explanation.unit)"
                }
                ReportTable<StatementExplanationResource.Line>(
                    caption: "Each figure, with the ledger's rows that it follows from",
                    columns: [
                        .text("Figure") { $0.kind.rawValue },
                        .text("Country") { $0.country?.value ?? "" },
                        .number("Quantity") { $0.quantity },
                        .text("Rule") { $0.rule?.rawValue ?? "" },
                        .name("What") { $0.text },
                        .name("Ledger rows") { $0.auditSequences.map(String.init).joined(separator: " ") },
                    ],
                    isWhole: { $0.kind == .sum }
                ).markup(explanation.lines)
            }
            Report.footer(
                at: madeAt,
                command: "tokenctl statement \(explanation.organizationId) --as-of \(explanation.asOf) "
                    + "--explain \(explanation.product) --format html"
            )
        }
    }
}

/// A line of the table of tenants.
private struct TenantSeats {
    let tenant: StatementResource.Tenant
    let seats: StatementResource.Seats

    var total: Int {
        let units = seats.prepaidUnits
        return [units.enabled, units.warning, units.suspended, units.lockedOut].reduce(0) { $0.clampedSum($1) }
    }

    func bar(_ scale: Int) -> Markup {
        let units = seats.prepaidUnits
        return ReportBar(
            parts: [
                (.one, units.enabled), (.two, units.warning), (.three, units.suspended), (.four, units.lockedOut),
            ],
            mark: seats.consumedUnits,
            scale: scale
        ).markup
    }

    /// R32: who sits on seats without rights.
    var unlicensed: Markup {
        Markup {
            Markup("h3") { "Without a licensed seat: \(seats.skuPartNumber) on \(tenant.tenantDomain)" }
            Markup("p") {
                "These users took their seats last (R32): "
                Markup.joined(seats.unlicensedUsers.map { Report.name($0) }, by: ", ")
                let more = seats.unlicensedUnits - seats.unlicensedUsers.count
                if more > 0 { " and \(more) more" }
                "."
            }
        }
    }
}

extension EnrollmentGrantResource {
    /// `office-suite 25`, or `office-suite 20 of 25`.
    fileprivate var text: String {
        "\(product) \(granted)\(granted == quantity ? "" : " of \(quantity)")"
    }
}
