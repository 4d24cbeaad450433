import ArgumentParser
import Registry
import RegistryAPI

struct KeyHistoryCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List a product key's activations, in the order they were recorded."
    )

    @Argument(help: ArgumentHelp("The key's id, such as K7.", valueName: "key"))
    var key: String

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.list(KeyHistory.self, ["key": key])
    }
}

extension KeyActivationResource: Row {
    static let rowStyle = RowStyle(
        headings: ["activatedOn": "ON", "consumed": "COUNTS"],
        hidden: ["keyId", "qualifyingLicense", "host", "recordedAt"]
    )
}
