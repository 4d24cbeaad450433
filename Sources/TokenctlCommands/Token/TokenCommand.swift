import ArgumentParser
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
        shell.printer.print(try await shell.call(ShowTokenOperation.self, TokenInput(token: token)))
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
        shell.printer.print(try await shell.call(RevealTokenOperation.self, TokenInput(token: token)))
    }
}

extension RevealedTokenResource: Tabular {
    static var columns: [Column<RevealedTokenResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("code", "CODE") { $0.code },
            Column("auditSequence", nil, number: { Int($0.auditSequence) }),
        ]
    }
}
