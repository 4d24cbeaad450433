import ArgumentParser
import Registry
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

    @Option(
        help: ArgumentHelp(
            "The time zone of its dates (default: the country's, where it has one).",
            valueName: "zone"
        )
    )
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
        let fields: WireValue = [
            "id": id,
            "name": name,
            "country": country,
            "timeZone": try timeZone ?? askTimeZone(in: shell),
            "portal": portal,
            "yearLength": yearLength,
            "anniversaryBasis": anniversaryBasis,
        ]
        let organization = try await shell.call(AddOrganization.self, fields, shell.options(write))
        shell.warn(organization.warnings)
        shell.printer.print(organization)
    }

    /// Asks a person who can be asked, where the country has several; nil leaves it to the registry.
    private func askTimeZone(in shell: Shell) throws -> String? {
        guard shell.global.asksQuestions, let country = try? CountryCode(country) else { return nil }
        let zones = country.timeZones
        guard zones.count > 1, let first = zones.first else { return nil }
        return shell.ask(
            "\(country) has several time zones: \(zones.joined(separator: ", ")).\n"
                + "In which are the organisation's days counted?",
            default: first
        )
    }
}

extension OrganizationResource: Row {
    static let rowStyle = RowStyle(
        headings: ["yearLength": "YEAR", "anniversaryBasis": "ANNIVERSARY FROM"],
        hidden: ["dryRun"],
        yielding: ["timeZone", "portal", "yearLength", "anniversaryBasis"]
    )
}
