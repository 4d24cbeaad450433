import ArgumentParser

struct LocationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "location",
        abstract: "Locations of an organisation.",
        subcommands: [LocationAddCommand.self, LocationImportCommand.self, LocationListCommand.self]
    )
}
