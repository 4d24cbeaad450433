import ArgumentParser
import Registry
import RegistryAPI

struct UserShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a user has and had.",
        discussion: "What ended has a last column: the first day without it."
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @OptionGroup var organization: OrganizationOption

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let found = try await shell.call(
            ShowUser.self,
            ["organization": try shell.organization(organization), "user": user]
        )
        switch shell.global.format {
        case .table, .csv: try shell.printer.print(list: found.assignments)
        case .json, .ndjson: shell.printer.print(found)
        }
    }
}

extension UserResource: Row {
    static let rowStyle = RowStyle()
}
