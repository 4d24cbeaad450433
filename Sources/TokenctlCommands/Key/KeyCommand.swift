import ArgumentParser
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
        shell.printer.print(try await shell.call(ShowKeyOperation.self, KeyInput(key: key)))
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

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(RevealKeyOperation.self, KeyInput(key: key)))
    }
}

extension RevealedKeyResource: Tabular {
    static var columns: [Column<RevealedKeyResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("code", "CODE") { $0.code },
            Column("auditSequence", nil, number: { Int($0.auditSequence) }),
        ]
    }
}
