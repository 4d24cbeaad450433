import ArgumentParser
import Registry
import RegistryAPI

struct EnrollmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrollment",
        abstract: "Add and list the programmes of locations, year by year.",
        subcommands: [
            EnrollmentAddCommand.self, EnrollmentImportCommand.self, EnrollmentListCommand.self,
            EnrollmentShowCommand.self,
            EnrollmentEndCommand.self, EnrollmentUpgradeCommand.self,
        ]
    )
}

struct EnrollmentListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List everything that an organisation has or had."
    )

    @OptionGroup var organization: OrganizationArgument

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": try shell.organization(organization)]
        try await shell.printer.print(list: shell.call(ListEnrollments.self, fields))
    }
}

struct EnrollmentShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an enrollment with what it grants."
    )

    @Argument(help: ArgumentHelp("The enrollment's id.", valueName: "enr"))
    var enrollment: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            try await shell.call(ShowEnrollment.self, ["enrollment": enrollment])
        )
    }
}

struct EnrollmentEndCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "End an enrollment during its year.",
        discussion: """
            From that day on its benefits do not count, and its unredeemed tokens are void. What that changes for other \
            enrollments, which maxima held back (R12, R38), is told.
            """
    )

    @Argument(help: ArgumentHelp("The enrollment's id.", valueName: "enr"))
    var enrollment: String

    @Option(help: ArgumentHelp("The first day without it.", valueName: "date"))
    var on: String

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let ended = try await shell.callConfirmed(
            EndEnrollment.self,
            ["enrollment": enrollment, "on": on],
            write,
            confirmation
        ) { ended in
            Confirmation(
                "The enrollment \(ended.id) ends on \(ended.endedOn?.description ?? on): from that day on its benefits do not "
                    + "count, and its unredeemed tokens are void.",
                typing: ended.id.value
            )
        }
        ended.answer.noteChanges(in: shell)
        shell.printer.print(ended)
    }
}
