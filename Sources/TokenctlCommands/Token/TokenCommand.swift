import ArgumentParser
import Registry
import RegistryAPI

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Tokens: single-use codes, each worth some seats of one SKU.",
        subcommands: [
            TokenImportCommand.self, TokenListCommand.self, TokenShowCommand.self, TokenRevealCommand.self,
            TokenReplaceCommand.self,
        ]
    )
}

struct TokenShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a token, its code masked.")

    @Argument(help: ArgumentHelp("The token's id, such as T42.", valueName: "token"))
    var token: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ShowToken.self, ["token": token]))
    }
}

struct TokenRevealCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "reveal",
        abstract: "Show a token's code. The ledger records it, and refusals too."
    )

    static let showsCodes = true

    @Argument(help: ArgumentHelp("The token's id, such as T42.", valueName: "token"))
    var token: String

    @Flag(help: "Print the code alone.")
    var raw = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if raw, global.output != nil { throw ValidationError("--raw prints the code alone; leave -o out.") }
    }

    func run(in shell: Shell) async throws {
        let revealed = try await shell.call(RevealToken.self, ["token": token])
        guard !raw else { return shell.terminal.write(revealed.code.revealed + "\n") }
        shell.printer.print(revealed)
    }
}

extension RevealedTokenResource: Row {
    static let rowStyle = RowStyle(hidden: ["auditSequence"], showsSecret: true)
}
