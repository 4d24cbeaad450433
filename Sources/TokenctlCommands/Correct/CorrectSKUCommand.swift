import ArgumentParser
import Registry
import RegistryAPI

struct CorrectSKUCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "sku",
        abstract: "Say which family a SKU belongs to (R39).",
        discussion: """
            Lists that are imported later leave it so.
            """
    )

    @Argument(help: ArgumentHelp("The SKU's part number.", valueName: "sku"))
    var sku: String

    @Option(
        help: ArgumentHelp(
            "enterprise, kiosk, business, academic, government, office365-plan or other.",
            valueName: "family"
        )
    )
    var family: String

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "skuPartNumber": sku, "family": family,
        ]
        try await shell.correct(CorrectSKU.self, fields, correction, write)
    }
}
