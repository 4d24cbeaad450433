import ArgumentParser
import Registry
import RegistryAPI

struct OrgShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an organisation.")

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ShowOrganization.self, ["organization": organization]))
    }
}
