import ArgumentParser
import Registry
import RegistryAPI

struct LocationListCommand: ListingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List an organisation's locations.")

    @OptionGroup var organization: OrganizationArgument

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": try shell.organization(organization)]
        try await shell.printer.print(list: shell.call(ListLocations.self, fields))
    }
}

extension LocationResource: Row {
    static let rowStyle = RowStyle(hidden: ["dryRun", "closedOn"])
}
