import ArgumentParser
import Registry
import RegistryAPI

struct OrgListCommand: ListingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the organisations.")

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.list(ListOrganizations.self, [:])
    }
}
