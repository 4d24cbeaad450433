import ArgumentParser
import RegistryAPI

struct TokenListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List an organisation's tokens, their codes masked."
    )

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @Option(help: ArgumentHelp("Only those that are unredeemed, redeemed, void or replaced.", valueName: "status"))
    var status: String?

    @Option(help: ArgumentHelp("Only those of this enrollment.", valueName: "enr"))
    var enrollment: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print { cursor in
            let input = ListTokensOperation.Input(
                organization: organization,
                enrollment: enrollment,
                status: status,
                after: cursor
            )
            let page = try await shell.call(ListTokensOperation.self, input)
            return (page.items, page.next)
        }
    }
}

extension TokenResource: Tabular {
    static var columns: [Column<TokenResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("organizationId", nil) { $0.organizationId },
            Column("enrollmentId", "ENROLLMENT") { $0.enrollmentId },
            Column("maskedCode", "CODE") { $0.maskedCode },
            Column("skuPartNumber", "SKU") { $0.skuPartNumber },
            Column("skuId", nil, optional: { $0.skuId }),
            Column("seats", "SEATS", number: { $0.seats }),
            Column("status", "STATUS") { $0.status },
            Column("origin", "ORIGIN") { $0.origin },
            Column("issuedOn", nil) { $0.issuedOn },
            Column("redeemableThrough", "REDEEMABLE THROUGH") { $0.redeemableThrough },
            Column("redeemedOn", "REDEEMED", optional: { $0.redeemedOn }),
            Column("tenantId", nil, optional: { $0.tenantId }),
            Column("tenantDomain", "TENANT", optional: { $0.tenantDomain }),
            Column("voidedOn", nil, optional: { $0.voidedOn }),
            Column("replacedBy", nil, optional: { $0.replacedBy }),
            Column("replaces", nil, optional: { $0.replaces }),
        ]
    }
}
