import ArgumentParser
import Registry
import RegistryAPI

struct TokenReplaceCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace",
        abstract: "Replace a token that was redeemed on the wrong tenant, or with the wrong intent (R46).",
        discussion: """
            Once for a token, within 30 days of its redemption. What it gave ends that day; the replacement, whose code \
            the support gave, is worth the same and can be redeemed.

            Other users of this machine may see a code on the command line, and it stays in the shell's history. Pass it \
            on standard input (--code -), in a file (--code-file), or leave it out to be asked for it at a terminal.
            """
    )

    @Argument(help: ArgumentHelp("The token's id, such as T42.", valueName: "token"))
    var token: String

    @Option(help: ArgumentHelp("The replacement's code, or - to read it from standard input.", valueName: "code"))
    var code: String?

    @Option(help: ArgumentHelp("A file with the replacement's code.", valueName: "file"))
    var codeFile: String?

    @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard let code = try shell.code(argument: code, file: codeFile) ?? shell.askForCode() else {
            throw UsageError("Give the replacement's code.", hint: "tokenctl token replace \(token) --code -")
        }
        let fields: WireValue = ["token": token, "code": code, "on": on]
        let replaced = try await shell.callConfirmed(ReplaceToken.self, fields, write, confirmation) { plan in
            Confirmation(
                "What token \(plan.tokenId) gave \(plan.tenantDomain) ends on \(plan.replacedOn): \(plan.seats) seats of "
                    + "\(plan.skuPartNumber). A token can be replaced once.",
                typing: plan.tokenId.description
            )
        }
        shell.warn(replaced.warnings)
        shell.printer.print(replaced)
    }
}

extension ReplacementResource: Row {
    static let rowStyle = RowStyle(headings: ["seatBlockId": "SEATS THAT ENDED"])
}
