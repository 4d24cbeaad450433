import ArgumentParser
import Registry
import RegistryAPI

struct AccessListCommand: ListingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List who has which permission.")

    @OptionGroup var organization: OrganizationArgument

    @Flag(help: "Include permissions that have ended or were revoked.")
    var ended = false

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": try shell.organization(organization), "ended": ended]
        try await shell.printer.print(list: shell.call(ListAccess.self, fields))
    }
}
