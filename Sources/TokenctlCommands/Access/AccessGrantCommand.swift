import ArgumentParser
import Registry
import RegistryAPI

struct AccessGrantCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "grant", abstract: "Grant a permission.")

    @Argument(help: "user:NAME or group:NAME.")
    var principal: String

    @OptionGroup var organization: OrganizationOption

    @Option(help: "software, cloud, keys, statement or administrator.")
    var permission: String

    @Option(help: ArgumentHelp("The last day with the permission.", valueName: "date"))
    var until: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization), "principal": principal, "permission": permission,
            "until": until,
        ]
        shell.printer.print(try await shell.call(GrantAccess.self, fields, shell.options(write)))
    }
}
