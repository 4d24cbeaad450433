import ArgumentParser
import RegistryAPI

struct RenewalLapseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "lapse",
        abstract: "Record that an enrollment was not renewed, and list everything that ends.",
        discussion: """
            Its tokens are void, its seats lose their rights, and on-premises licensing ends (R10, R35): the answer says \
            what ends on which day by product, tenant and user, and what to uninstall, to buy and to move. With \
            --dry-run the day may lie ahead.
            """
    )

    @Argument(help: ArgumentHelp("The enrollment's id.", valueName: "enr"))
    var enrollment: String

    @Option(help: ArgumentHelp("The first day without it: the anniversary or later.", valueName: "date"))
    var on: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let lapse = try await shell.callConfirmed(
            LapseRenewalOperation.self,
            .init(enrollment: enrollment, on: on),
            write,
            confirmation
        ) { lapse in
            Confirmation(
                "The enrollment \(enrollment) lapses on \(lapse.lapsedOn), and can no longer be renewed: "
                    + "\(counted(lapse.voided.count, "token")) void, "
                    + "\(counted(lapse.seats.reduce(0) { $0 + $1.seats }, "seat")) without rights, "
                    + "\(counted(lapse.seats.reduce(0) { $0 + $1.users.count }, "user")) without a seat.",
                typing: enrollment
            )
        }
        shell.printer.print(lapse)
        guard shell.global.format == .table else { return }
        shell.section("What ends on-premises and in the cloud", lapse.products)
        shell.section("Seats", lapse.seats)
        shell.section("What to do", lapse.actions)
    }
}

extension LapseResource: Tabular {
    static var columns: [Column<LapseResource>] {
        [
            Column("enrollmentId", "ENROLLMENT") { $0.enrollmentId },
            Column("organizationId", "ORGANISATION") { $0.organizationId },
            Column("lapsedOn", "LAPSED ON") { $0.lapsedOn },
            Column("benefitsEndOn", "BENEFITS END ON") { $0.benefitsEndOn },
            Column("voided", "TOKENS VOIDED") { $0.voided.joined(separator: " ") },
            Column("auditSequence", "LEDGER ROW", number: { Int($0.auditSequence) }),
            Column("dryRun", "DRY RUN") { $0.dryRun ? "yes: nothing was written" : "no" },
        ]
    }
}

extension LapseResource.Product: Tabular {
    static var columns: [Column<LapseResource.Product>] {
        [
            Column("product", "PRODUCT") { $0.product },
            Column("granted", "GRANTED", number: { $0.granted }),
            Column("remaining", "REMAINING", number: { $0.remaining }),
            Column("used", "IN USE", number: { $0.used }),
            Column("usedOnPremises", "ON-PREMISES", number: { $0.usedOnPremises }),
            Column("endsOn", "ENDS") { $0.endsOn },
        ]
    }
}

extension LapseResource.Seats: Tabular {
    static var columns: [Column<LapseResource.Seats>] {
        [
            Column("tenantDomain", "TENANT") { $0.tenantDomain },
            Column("skuPartNumber", "SKU") { $0.skuPartNumber },
            Column("seats", "SEATS", number: { $0.seats }),
            Column("rightsEndOn", "RIGHTS END") { $0.rightsEndOn },
            Column("serviceEndsOn", "SERVICE ENDS") { $0.serviceEndsOn },
            Column("accessEndsOn", "ACCESS ENDS") { $0.accessEndsOn },
            Column("deletedAfter", "DELETED AFTER") { $0.deletedAfter },
            Column("users", "USERS", number: { $0.users.count }),
        ]
    }
}

extension LapseResource.Action: Tabular {
    static var columns: [Column<LapseResource.Action>] {
        [
            Column("action", "ACTION") { $0.action },
            Column("subject", "WHAT") { $0.subject },
            Column("quantity", "NUMBER", number: { $0.quantity }),
            Column("by", "BY") { $0.by },
            Column("users", "USERS") { $0.users.joined(separator: " ") },
            Column("detail", "DETAIL") { $0.detail },
        ]
    }
}
