import ArgumentParser
import Registry
import RegistryAPI

struct CorrectListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was corrected in an organisation's records."
    )

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("Only of this, as the ledger names it: T12, contoso.onmicrosoft.com.", valueName: "id"))
    var subject: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": try shell.organization(organization), "subject": subject]
        try await shell.printer.print(list: shell.call(ListCorrections.self, fields))
    }
}
