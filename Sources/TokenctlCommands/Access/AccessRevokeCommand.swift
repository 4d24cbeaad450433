import ArgumentParser
import Registry
import RegistryAPI

struct AccessRevokeCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a permission, from now on."
    )

    @Argument(help: "user:NAME or group:NAME.")
    var principal: String

    @OptionGroup var organization: OrganizationOption

    @Option(help: "software, cloud, keys, statement or administrator.")
    var permission: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization), "principal": principal, "permission": permission,
        ]
        shell.printer.print(try await shell.call(RevokeAccess.self, fields, shell.options(write)))
    }
}
