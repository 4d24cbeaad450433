import ArgumentParser
import Registry
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
            LapseRenewal.self,
            ["enrollment": enrollment, "on": on],
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

extension LapseResource: Row {
    static let rowStyle = RowStyle(
        headings: ["voided": "TOKENS VOIDED"],
        omitted: ["products", "seats", "actions"]
    )
}

extension LapseResource.Product: Row {
    static let rowStyle = RowStyle(headings: ["used": "IN USE", "usedOnPremises": "ON-PREMISES", "endsOn": "ENDS"])
}

extension LapseResource.Seats: Row {
    static let rowStyle = RowStyle(
        headings: [
            "tenantDomain": "TENANT", "rightsEndOn": "RIGHTS END", "serviceEndsOn": "SERVICE ENDS",
            "accessEndsOn": "ACCESS ENDS",
        ],
        omitted: ["tenantId"],
        texts: ["users": { $0.count }],
        numbers: ["users"]
    )
}

extension LapseResource.Action: Row {
    static let rowStyle = RowStyle(
        headings: ["subject": "WHAT", "quantity": "NUMBER"],
        omitted: ["tenantDomain"]
    )
}
