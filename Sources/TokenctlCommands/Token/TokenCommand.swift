import ArgumentParser
import Registry
import RegistryAPI

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Tokens: single-use codes, each worth some seats of one SKU.",
        subcommands: [
            TokenImportCommand.self, TokenListCommand.self, TokenShowCommand.self, TokenRevealCommand.self,
            TokenReserveCommand.self, TokenReleaseCommand.self, TokenReplaceCommand.self,
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
        abstract: "Show a token's code. The ledger records it, and refusals too.",
        discussion: """
            With --reserve-for it is reserved for you in the same step, so that nobody else carries the code to the portal \
            meanwhile: see 'tokenctl token reserve'. A token that somebody else reserved keeps its code until then (R29).
            """
    )

    static let showsCodes = true

    @Argument(help: ArgumentHelp("The token's id, such as T42.", valueName: "token"))
    var token: String

    @Option(help: ArgumentHelp("Also reserve it for you, to redeem it on this tenant.", valueName: "tenant"))
    var reserveFor: String?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("With --reserve-for, for how long (default: 2h).", valueName: "time")
    )
    var time: String?

    @Flag(help: "Print the code alone.")
    var raw = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if raw, global.output != nil { throw ValidationError("--raw prints the code alone; leave -o out.") }
        if time != nil, reserveFor == nil {
            throw ValidationError("--for says how long to reserve the token; say for which tenant with --reserve-for.")
        }
    }

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["token": token, "reserveFor": reserveFor, "for": time]
        let revealed = try await shell.call(RevealToken.self, fields)
        if revealed.reservedUntil == nil, shell.terminal.isInteractive {
            shell.note("Nobody has reserved it: tokenctl token reserve \(token) --tenant TENANT keeps others from it.")
        }
        guard !raw else { return shell.terminal.write(revealed.code.revealed + "\n") }
        shell.printer.print(revealed)
    }
}

extension RevealedTokenResource: Row {
    static let rowStyle = RowStyle(hidden: ["auditSequence"], showsSecret: true)
}
