import ArgumentParser
import Registry
import RegistryAPI

struct CorrectOrganizationCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization",
        abstract: "Correct an organisation, or take it to another portal.",
        discussion: """
            With --on DATE, --portal is a migration: years that ended before that day keep the window of the portal that \
            was before. Another year length gives every year that was not renewed its right end.
            """,
        aliases: ["org"]
    )

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @Option(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("Its headquarters' country (ISO 3166-1 alpha-2).", valueName: "country"))
    var country: String?

    @Option(help: ArgumentHelp("Its IANA time zone.", valueName: "zone"))
    var timeZone: String?

    @Option(help: "partner-center or pmc.")
    var portal: String?

    @Option(help: "calendar or 365-days.")
    var yearLength: String?

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": organization, "name": name, "country": country, "timeZone": timeZone, "portal": portal,
            "yearLength": yearLength,
        ]
        try await shell.correct(CorrectOrganization.self, fields, correction, write)
    }
}
