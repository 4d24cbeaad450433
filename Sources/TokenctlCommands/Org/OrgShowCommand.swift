import ArgumentParser
import Registry
import RegistryAPI

struct OrgShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an organisation.")

    @OptionGroup var organization: OrganizationArgument

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            try await shell.call(ShowOrganization.self, ["organization": try shell.organization(organization)])
        )
    }
}
