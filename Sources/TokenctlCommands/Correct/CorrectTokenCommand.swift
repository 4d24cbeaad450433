import ArgumentParser
import Registry
import RegistryAPI

struct CorrectTokenCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Correct a token, void it, or take back that it is void.",
        discussion: """
            A redeemed token is corrected together with the seats that it made. A token that the portal took back is voided, and \
            one that it gave back is not void any more.
            """
    )

    @Argument(help: ArgumentHelp("The token's id, such as T12.", valueName: "token"))
    var token: String

    @Option(help: ArgumentHelp("Its enrollment.", valueName: "enr"))
    var enrollment: String?

    @Option(help: ArgumentHelp("Its SKU.", valueName: "sku"))
    var sku: String?

    @Option(help: ArgumentHelp("How many seats it is worth.", valueName: "number"))
    var seats: Int?

    @Flag(inversion: .prefixedNo, help: "It is void, or is not.")
    var void: Bool?

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "token": token, "enrollment": enrollment, "skuPartNumber": sku, "seats": seats, "void": void,
        ]
        try await shell.correct(CorrectToken.self, fields, correction, write)
    }
}
