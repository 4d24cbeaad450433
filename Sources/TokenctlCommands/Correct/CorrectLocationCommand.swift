import ArgumentParser
import Registry
import RegistryAPI

struct CorrectLocationCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "location",
        abstract: "Correct a location, or close it.",
        discussion: """
            Where it is and whether it shares can be corrected until seats or licences were counted there. A location is \
            closed once nobody holds anything there and no enrollment of it is in force.
            """
    )

    @Argument(help: ArgumentHelp("The location's id.", valueName: "loc"))
    var location: String

    @OptionGroup var organization: OrganizationOption

    @Option(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("Its country (ISO 3166-1 alpha-2).", valueName: "country"))
    var country: String?

    @Option(help: ArgumentHelp("Whether it is associated with the headquarters (R03): yes or no.", valueName: "yes|no"))
    var associated: String?

    @Option(help: ArgumentHelp("The first day without it.", valueName: "date"))
    var closed: String?

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization), "location": location, "name": name,
            "country": country, "associated": try associated.map(yesOrNo), "closedOn": closed,
        ]
        try await shell.correct(CorrectLocation.self, fields, correction, write)
    }

    private func yesOrNo(_ text: String) throws -> Bool {
        switch text.lowercased() {
        case "yes", "true": true
        case "no", "false": false
        default: throw UsageError("--associated is yes or no, not \(quoted(text)).")
        }
    }
}
