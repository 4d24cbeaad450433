import ArgumentParser
import RegistryAPI

struct OrgAddCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add an organisation with its headquarters.",
        discussion:
            "The headquarters becomes the location 'hq'. Whoever adds an organisation becomes its first administrator."
    )

    @Argument(help: "The organisation's name.")
    var name: String

    @Option(help: ArgumentHelp("A short id for it.", valueName: "org"))
    var id: String

    @Option(help: ArgumentHelp("The headquarters' country (ISO 3166-1 alpha-2).", valueName: "country"))
    var country: String

    @Option(help: ArgumentHelp("The time zone of its dates (default: UTC).", valueName: "zone"))
    var timeZone: String?

    @Option(
        help: ArgumentHelp(
            "partner-center (default) or pmc: the portal whose renewal window applies.",
            valueName: "portal"
        )
    )
    var portal: String?

    @Option(help: ArgumentHelp("calendar (default) or 365-days.", valueName: "length"))
    var yearLength: String?

    @Option(
        help: ArgumentHelp(
            "What the next anniversary is counted from: current-anniversary (default), renewal or payment.",
            valueName: "basis"
        )
    )
    var anniversaryBasis: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let input = AddOrganizationOperation.Input(
            id: id,
            name: name,
            country: country,
            timeZone: timeZone,
            portal: portal,
            yearLength: yearLength,
            anniversaryBasis: anniversaryBasis
        )
        shell.printer.print(try await shell.call(AddOrganizationOperation.self, input, shell.options(write)))
    }
}
