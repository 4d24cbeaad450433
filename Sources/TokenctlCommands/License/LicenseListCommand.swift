import ArgumentParser
import Registry
import RegistryAPI

struct LicenseListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the users of an organisation with on-premises licences."
    )

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("Only those of this product line.", valueName: "product"))
    var product: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.list(
            ListLicenses.self,
            ["organization": try shell.organization(organization), "product": product]
        )
    }
}
