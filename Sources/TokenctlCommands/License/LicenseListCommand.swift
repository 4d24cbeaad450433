import ArgumentParser
import Registry
import RegistryAPI

struct LicenseListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the users of an organisation with on-premises licences."
    )

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @Option(help: ArgumentHelp("Only those of this product line.", valueName: "product"))
    var product: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.list(ListLicenses.self, ["organization": organization, "product": product])
    }
}
