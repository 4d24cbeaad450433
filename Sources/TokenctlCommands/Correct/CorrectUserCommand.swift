import ArgumentParser
import Registry
import RegistryAPI

struct CorrectUserCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Correct a user's name; 'tokenctl user rename' does it too, also for a file of users."
    )

    @Argument(help: ArgumentHelp("The user principal name, as it is recorded.", valueName: "user"))
    var user: String

    @OptionGroup var organization: OrganizationOption

    @Option(help: ArgumentHelp("The name as it is.", valueName: "upn"))
    var userPrincipalName: String

    @Option(help: ArgumentHelp("Why: it is kept with the correction.", valueName: "text"))
    var reason: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization), "userPrincipalName": user,
            "newUserPrincipalName": userPrincipalName, "reason": reason,
        ]
        shell.printer.print(try await shell.call(RenameUser.self, fields, shell.options(write)))
    }
}
