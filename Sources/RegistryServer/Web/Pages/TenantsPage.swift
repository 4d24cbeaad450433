import HTML
import Registry
import RegistryReports

/// An organisation's tenants.
enum TenantsPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let organization = try context.organization(.tenants)
        let tenants = try context.ask(ListTenants.self, ["organization"])
        return WebPage("Tenants of \(organization.name)", in: .organizations, of: organization) {
            if tenants.isEmpty {
                Markup("p") { "No tenant was signed up." }
            } else {
                ReportTable<TenantResource>(
                    caption: "Tenants",
                    showsCaption: false,
                    columns: [
                        .link("Tenant", .wide) { context.link(toTenant: $0.domains.first) },
                        .name("Id") { $0.id?.description ?? "not known yet" },
                        .wide("Administrator") { $0.administrator.value },
                        .date("Signed up") { $0.signedUpOn },
                        .name("Services") { $0.services.map(\.service.rawValue).joined(separator: ", ") },
                    ]
                ).markup(tenants)
            }
        }
    }
}

/// A tenant: its domains, its seats by state, and who holds them.
enum TenantPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let tenant = try context.ask(ShowTenant.self, ["tenant"])
        let organization = try context.organization(.tenants, id: tenant.organizationId)
        let seats = try context.ask(ListSeats.self, ["tenant"])
        let users = try context.list(ListSeatUsers.self, ["tenant"])
        let name = tenant.domains.first?.value ?? context["tenant"] ?? ""
        return WebPage(name, in: .organizations, of: organization) {
            Report.facts([
                ("Id", Report.code(tenant.id?.description ?? "not known yet")),
                ("Domains", Markup.joined(tenant.domains.map { Report.name($0.value) }, by: ", ")),
                ("Administrator", Report.name(tenant.administrator.value)),
                ("Signed up on", Report.date(tenant.signedUpOn)),
            ])
            Markup("h2") { "Seats" }
            if seats.isEmpty {
                Markup("p") { "The tenant has had no seats." }
            } else {
                table(of: seats)
                Markup("h3") { "Where they come from" }
                blocks(of: seats, context)
            }
            Markup("h2") { "Users" }
            UsersPage.table(of: users.items, "Nobody holds a seat.", context)
            context.pager(next: users.next) { context.address("tenants", name, query: ["after": $0]) }
        }
    }

    private static func table(of seats: [SeatResource]) -> Markup {
        let scale = seats.map { max($0.total, $0.consumedUnits) }.max() ?? 0
        return Markup {
            ReportBar.legend(
                [(.one, "enabled"), (.two, "in warning"), (.three, "suspended"), (.four, "locked out")],
                mark: "users"
            )
            ReportTable<SeatResource>(
                caption: "Seats of each SKU and source by their state, and the users who hold one",
                columns: [
                    .text("SKU") { $0.skuPartNumber.description }, .name("Source") { $0.source },
                    .number("Enabled") { $0.prepaidUnits.enabled }, .number("In warning") { $0.prepaidUnits.warning },
                    .number("Suspended") { $0.prepaidUnits.suspended },
                    .number("Locked out") { $0.prepaidUnits.lockedOut }, .number("Users") { $0.consumedUnits },
                    .number("Unlicensed") { $0.unlicensedUnits }, .number("Available") { $0.availableUnits },
                    .bar("State") { seats in
                        let units = seats.prepaidUnits
                        return ReportBar(
                            parts: [
                                (.one, units.enabled), (.two, units.warning), (.three, units.suspended),
                                (.four, units.lockedOut),
                            ],
                            mark: seats.consumedUnits,
                            scale: scale
                        ).markup
                    },
                ]
            ).markup(seats)
        }
    }

    private struct Block {
        let sku: SKUPartNumber
        let block: SeatResource.Block
    }

    private static func blocks(of seats: [SeatResource], _ context: WebContext) -> Markup {
        ReportTable<Block>(
            caption: "Blocks of seats",
            showsCaption: false,
            columns: [
                .text("SKU") { $0.sku.description },
                .link("Token") { $0.block.tokenId.map { context.link(toToken: $0) } ?? Markup(text: "bought") },
                .name("Enrollment") { $0.block.enrollmentId?.value ?? "" }, .number("Seats") { $0.block.seats },
                .date("Starts") { $0.block.startsOn }, .date("Rights end") { $0.block.rightsEndOn },
                .date("Service ends") { $0.block.serviceEndsOn }, .text("Status") { $0.block.status.rawValue },
            ]
        ).markup(seats.flatMap { seats in seats.blocks.map { Block(sku: seats.skuPartNumber, block: $0) } })
    }
}

extension SeatResource {
    fileprivate var total: Int {
        [prepaidUnits.enabled, prepaidUnits.warning, prepaidUnits.suspended, prepaidUnits.lockedOut]
            .reduce(0) { $0.clampedSum($1) }
    }
}
