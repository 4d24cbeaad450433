import ArgumentParser
import Registry
import RegistryAPI

struct CorrectKeyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Correct how many activations a product key has, or take one back."
    )

    @Argument(help: ArgumentHelp("The key's id, such as K3.", valueName: "key"))
    var key: String

    @Option(
        help: ArgumentHelp(
            "How many activations it has in all, those that the support centre added included.",
            valueName: "number"
        )
    )
    var activations: Int?

    @Option(
        help: ArgumentHelp(
            "The activation that did not happen, such as V7 (see 'tokenctl key history').",
            valueName: "activation"
        )
    )
    var withdraw: String?

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "key": key, "activations": activations, "withdraw": withdraw,
        ]
        try await shell.correct(CorrectKey.self, fields, correction, write)
    }
}
