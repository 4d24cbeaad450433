import ArgumentParser
import RegistryAPI

struct SetupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Print what this machine needs to run the daemon.",
        subcommands: [SetupSystemdCommand.self]
    )
}

struct SetupSystemdCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "systemd",
        abstract: "Print the units of the daemon, and of the timers that tell what matters and back up.",
        discussion: """
            Prints the units one after another, each after a line with its name; with --unit, that unit alone:

              tokenctl setup systemd --unit tokend.service | sudo tee /etc/systemd/system/tokend.service

            With --web, tokend.service lets the daemon listen on that one port of this machine, and it reaches no other \
            machine; see 'tokenctl web'.

            The service needs a registry to serve; the unit's first lines say how to create it.
            """
    )

    @Flag(help: "For a user's own service manager, without privileges.")
    var user = false

    @Option(help: ArgumentHelp("Only this unit.", valueName: "name"))
    var unit: String?

    @Option(help: ArgumentHelp("Where they are installed: the programs are in its bin.", valueName: "dir"))
    var prefix = "/usr"

    @Option(help: ArgumentHelp("Serve the page for browsers there, too, such as 127.0.0.1:8765.", valueName: "address"))
    var web: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let address = web.flatMap(WebAddress.init)
        guard web == nil || address.map({ $0.port >= 1_024 }) == true else {
            throw UsageError(
                "--web takes an address that only this machine can reach, and a port from 1024: 127.0.0.1:8765, or [::1]:8765."
            )
        }
        guard prefix.hasPrefix("/") else {
            throw UsageError("--prefix takes an absolute path, such as /usr/local.")
        }
        let directory = prefix.split(separator: "/").map { "/\($0)" }.joined()
        let units = SystemdUnits(prefix: directory, isForUser: user, web: address).all
        guard let unit else {
            for unit in units { shell.terminal.write("# \(unit.name)\n\(unit.text)\n") }
            return
        }
        guard let found = units.first(where: { $0.name == unit }) else {
            throw UsageError(
                "There is no unit \(unit); the units are \(units.map(\.name).joined(separator: ", ")).",
                hint: "tokenctl setup systemd"
            )
        }
        shell.terminal.write(found.text)
    }
}
