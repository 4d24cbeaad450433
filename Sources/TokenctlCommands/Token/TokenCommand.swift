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

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(RevealToken.self, ["token": token]))
    }
}

extension RevealedTokenResource: Row {
    static let rowStyle = RowStyle(hidden: ["auditSequence"], showsSecret: true)
}
