import ArgumentParser
import Registry
import RegistryAPI

struct CorrectEnrollmentCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrollment",
        abstract: "Correct an enrollment, or take its ending back.",
        discussion: """
            The last day of the year follows from the first. What was redeemed of it has to lie in the year, and the tokens that \
            are there have to be of the programme; else the correction is refused, and says what is in the way.
            """
    )

    @Argument(help: ArgumentHelp("The enrollment's id.", valueName: "enr"))
    var enrollment: String

    @Option(help: ArgumentHelp("The first day of its year.", valueName: "date"))
    var start: String?

    @Option(help: ArgumentHelp("Its location.", valueName: "loc"))
    var location: String?

    @Option(help: ArgumentHelp("Its programme.", valueName: "program"))
    var program: String?

    @Option(help: ArgumentHelp("Which competency it is.", valueName: "name"))
    var competency: String?

    @Flag(help: "Take its ending or lapse back.")
    var reopen = false

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "enrollment": enrollment, "startsOn": start, "location": location, "program": program,
            "competency": competency,
            "reopen": reopen ? true : nil,
        ]
        try await shell.correct(CorrectEnrollment.self, fields, correction, write)
    }
}
