import ArgumentParser
import Registry
import RegistryAPI

struct CorrectProductVersionCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "product-version",
        abstract: "Correct the day on which a version of a product came into the programme (R07)."
    )

    @Argument(help: ArgumentHelp("The product, as its keys name it.", valueName: "product"))
    var product: String

    @Argument(help: ArgumentHelp("The version.", valueName: "version"))
    var version: String

    @Option(help: ArgumentHelp("The day on which it came.", valueName: "date"))
    var cameOn: String

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["product": product, "version": version, "cameOn": cameOn]
        try await shell.correct(CorrectProductVersion.self, fields, correction, write)
    }
}
