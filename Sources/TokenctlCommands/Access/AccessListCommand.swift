import ArgumentParser
import Registry
import RegistryAPI

struct AccessListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List who has which permission.")

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @Flag(help: "Include permissions that have ended or were revoked.")
    var ended = false

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            list: try await shell.call(ListAccess.self, ["organization": organization, "ended": ended])
        )
    }
}
