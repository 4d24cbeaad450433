import ArgumentParser
import Registry
import RegistryAPI

struct UserEraseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase a user's name. What was recorded stays, under a pseudonym.",
        discussion: """
            The name is taken out of the organisation's records, which go on counting the same: seats, licences, statements \
            and the ledger name the user by a pseudonym that does not lead back to the name, and every hash still holds. \
            It cannot be undone. Backups made before still have the name, and so may texts in which somebody wrote it, \
            such as where seats were bought.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @Option(help: ArgumentHelp("The organisation's id; no setting stands in for it.", valueName: "org"))
    var org: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": org, "user": user]
        let erased = try await shell.callConfirmed(EraseUser.self, fields, write, confirmation) { plan in
            let open = plan.openAssignments
            let holder = open == 0 ? "" : ", who still has \(counted(open, "assignment")),"
            return Confirmation(
                "The name of \(user) in \(plan.organizationId)\(holder) will be erased for ever. \(plan.pseudonym) will "
                    + "stand for it.",
                typing: user
            )
        }
        shell.printer.print(erased)
    }
}

extension EraseUser.Answer: Row {
    static let rowStyle = RowStyle()
}
