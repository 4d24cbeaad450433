import ArgumentParser
import Registry
import RegistryAPI

struct LicenseReleaseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Release a user's on-premises licence."
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @OptionGroup var organization: OrganizationOption

    @Option(help: ArgumentHelp("The product line, or the single licence.", valueName: "product"))
    var product: String

    @Option(
        help: ArgumentHelp(
            "The licence from this source (default: the programme's, else any).",
            valueName: "text"
        )
    )
    var source: String?

    @Option(help: ArgumentHelp("The first day without it (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization), "userPrincipalName": user, "product": product,
            "source": source, "on": on,
        ]
        shell.printer.print(try await shell.call(ReleaseLicense.self, fields, shell.options(write)))
    }
}
