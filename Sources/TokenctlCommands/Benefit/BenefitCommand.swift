import ArgumentParser
import Registry
import RegistryAPI

struct BenefitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benefit",
        abstract: "What enrollments grant, benefit by benefit.",
        subcommands: [BenefitListCommand.self]
    )
}

struct BenefitListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what an organisation's enrollments grant, and what of it was redeemed.",
        discussion: """
            REDEMPTION says whether a benefit has codes or is ordered without one (R54), and ACTIVATE BY its last day (R61). \
            For what has codes, 'tokenctl token list' tells what was redeemed.
            """
    )

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("The day it was so (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": try shell.organization(organization), "on": on]
        try await shell.printer.print(list: shell.call(ListBenefits.self, fields))
    }
}

extension BenefitResource: Row {
    static let rowStyle = RowStyle(
        headings: ["redeemedOn": "REDEEMED", "tenantDomain": "TENANT"],
        hidden: ["edition", "skus", "reassignAfterDays", "reassignments"]
    )
}
