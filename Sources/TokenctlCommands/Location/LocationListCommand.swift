import ArgumentParser
import Registry
import RegistryAPI

struct LocationListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List an organisation's locations.")

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(list: try await shell.call(ListLocations.self, ["organization": organization]))
    }
}

extension LocationResource: Row {
    static let rowStyle = RowStyle(hidden: ["dryRun"])
}
