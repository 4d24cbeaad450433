import ArgumentParser
import Registry
import RegistryAPI

struct UserRenameCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Record that a user, or every user of a file, has another name.",
        discussion: """
            What is recorded of the user stays together. FILE has the columns userPrincipalName and newUserPrincipalName, and \
            organizationId (org) where --org does not say it for all rows.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, as it is recorded.", valueName: "user"))
    var user: String?

    @Argument(help: ArgumentHelp("The new user principal name.", valueName: "new-user"))
    var newUser: String?

    @OptionGroup var rows: RowsOptions

    @OptionGroup var organization: OrganizationOption

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try rows.check(user, "a user and the new name", isGiven: newUser != nil)
    }

    func run(in shell: Shell) async throws {
        if let file = rows.file {
            let fields: WireValue = ["organization": organization.org ?? shell.global.settings[.org]]
            return try await shell.printRows(RenameUsers.self, fields, file: file, write, confirmation)
        }
        let fields: WireValue = [
            "organization": try shell.organization(organization), "userPrincipalName": user,
            "newUserPrincipalName": newUser,
        ]
        shell.printer.print(try await shell.call(RenameUser.self, fields, shell.options(write)))
    }
}

extension RenameUser.Answer: Row {
    static let rowStyle = RowStyle(headings: ["formerUserPrincipalName": "FORMER NAME"])
}
