import ArgumentParser
import Registry
import RegistryAPI

struct TokenListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List an organisation's tokens, their codes masked."
    )

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("Only those that are unredeemed, redeemed, void or replaced.", valueName: "status"))
    var status: String?

    @Option(help: ArgumentHelp("Only those of this enrollment.", valueName: "enr"))
    var enrollment: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.list(
            ListTokens.self,
            ["organization": try shell.organization(organization), "enrollment": enrollment, "status": status]
        )
    }
}

extension TokenResource: Row {
    static let rowStyle = RowStyle(
        headings: ["maskedCode": "CODE", "redeemedOn": "REDEEMED", "tenantDomain": "TENANT"],
        hidden: [
            "organizationId", "skuId", "issuedOn", "tenantId", "voidedOn", "reservedFor", "replacedBy", "replaces",
        ],
        sparse: ["reservedBy", "reservedUntil"],
        yielding: ["enrollmentId", "redeemedOn", "reservedUntil", "origin"]
    )
}
