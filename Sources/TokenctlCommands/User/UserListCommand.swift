import ArgumentParser
import Registry
import RegistryAPI

struct UserListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the users of an organisation and what each holds, in the cloud and on-premises.",
        discussion: """
            A row for each seat and each licence that lasts. As CSV or NDJSON, the rows of one kind are what \
            'seat assign --file' and 'license assign --file' take.
            """
    )

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("Only what is cloud or on-premises.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("Only seats on this tenant: a domain of it, or its id.", valueName: "tenant"))
    var tenant: String?

    @Option(help: ArgumentHelp("Only seats of this SKU.", valueName: "sku"))
    var sku: String?

    @Option(help: ArgumentHelp("Only what is of this product line.", valueName: "product"))
    var product: String?

    @Option(help: ArgumentHelp("Only users who work at this location.", valueName: "loc"))
    var location: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization), "kind": kind, "tenant": tenant, "skuPartNumber": sku,
            "product": product, "location": location,
        ]
        try await shell.list(ListUsers.self, fields)
    }
}
