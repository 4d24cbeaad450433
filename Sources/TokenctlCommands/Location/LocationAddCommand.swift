import ArgumentParser
import Registry
import RegistryAPI

struct LocationAddCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a location to an organisation.",
        usage: "tokenctl location add [<org>] <name> --id <loc> --country <country> [--unassociated] [<options>]"
    )

    @Argument(help: ArgumentHelp("The organisation's id (default: the one that is set).", valueName: "org"))
    var first: String

    @Argument(help: ArgumentHelp("The location's name.", valueName: "name"))
    var second: String?

    @Option(help: ArgumentHelp("A short id for it, unique in the organisation.", valueName: "loc"))
    var id: String

    @Option(help: ArgumentHelp("Its country (ISO 3166-1 alpha-2).", valueName: "country"))
    var country: String

    @Flag(help: "It is not associated with the headquarters, so it shares nothing, and has what is its own (R03).")
    var unassociated = false

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(second == nil ? nil : first),
            "id": id,
            "name": second ?? first,
            "country": country,
            "associated": !unassociated,
        ]
        shell.printer.print(try await shell.call(AddLocation.self, fields, shell.options(write)))
    }
}
