import ArgumentParser
import Registry
import RegistryAPI
import RegistryEngines

struct InitCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Create a registry.",
        discussion: """
            Creates the directory (mode 0700) with the database, the key that codes are sealed with, and the anchor that \
            reveals a restored backup. Keep a copy of registry.key elsewhere: without it no code can be read. An existing \
            registry is left as it is.

            No other command creates a registry, and neither does tokend, so a mistyped path never becomes a second one.
            """
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let place = try await shell.registryPlaceInUse()
        let made = try shell.makeRegistry(place)
        // Said before it is opened, which may fail.
        shell.printer.print(InitResource(created: made, registry: place.description))
        _ = try shell.connect()
    }
}

struct InitResource: Codable, Row {
    /// False when there was one already.
    let created: Bool
    let registry: String

    static let rowStyle = RowStyle(texts: ["created": RowStyle.flag("yes", "no, it already exists")])
}
