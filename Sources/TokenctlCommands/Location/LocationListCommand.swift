import ArgumentParser
import RegistryAPI

struct LocationListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List an organisation's locations.")

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            list: try await shell.call(ListLocationsOperation.self, OrganizationInput(organization: organization))
        )
    }
}

extension LocationResource: Tabular {
    static var columns: [Column<LocationResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("organizationId", "ORGANISATION") { $0.organizationId },
            Column("name", "NAME") { $0.name },
            Column("country", "COUNTRY") { $0.country },
            Column("headquarters", "HEADQUARTERS") { $0.headquarters ? "yes" : "no" },
            Column("associated", "ASSOCIATED") { $0.associated ? "yes" : "no" },
        ]
    }
}
