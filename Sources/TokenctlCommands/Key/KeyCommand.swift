import ArgumentParser
import Registry
import RegistryAPI

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Product keys: codes for installing software, each good for a number of activations.",
        subcommands: [
            KeyImportCommand.self, KeyListCommand.self, KeyShowCommand.self, KeyActivateCommand.self,
            KeyHistoryCommand.self, KeyRevealCommand.self,
        ]
    )
}

struct KeyShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a product key, its code masked, and when its activations run out."
    )

    @Argument(help: ArgumentHelp("The key's id, such as K7.", valueName: "key"))
    var key: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ShowKey.self, ["key": key]))
    }
}

struct KeyRevealCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "reveal",
        abstract: "Show a product key's code. The ledger records it, and refusals too."
    )

    static let showsCodes = true

    @Argument(help: ArgumentHelp("The key's id, such as K7.", valueName: "key"))
    var key: String

    @Flag(help: "Print the code alone.")
    var raw = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if raw, global.output != nil { throw ValidationError("--raw prints the code alone; leave -o out.") }
    }

    func run(in shell: Shell) async throws {
        let revealed = try await shell.call(RevealKey.self, ["key": key])
        guard !raw else { return shell.terminal.write(revealed.code.revealed + "\n") }
        shell.printer.print(revealed)
    }
}

extension RevealedKeyResource: Row {
    static let rowStyle = RowStyle(hidden: ["auditSequence"], showsSecret: true)
}
