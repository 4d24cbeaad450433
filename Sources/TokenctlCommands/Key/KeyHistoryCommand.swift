import ArgumentParser
import RegistryAPI

struct KeyHistoryCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List a product key's activations, in the order they were recorded."
    )

    @Argument(help: ArgumentHelp("The key's id, such as K7.", valueName: "key"))
    var key: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print { cursor in
            let page = try await shell.call(KeyHistoryOperation.self, .init(key: key, after: cursor))
            return (page.items, page.next)
        }
    }
}

extension KeyActivationResource: Tabular {
    static var columns: [Column<KeyActivationResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("keyId", nil) { $0.keyId },
            Column("activatedOn", "ON") { $0.activatedOn },
            Column("machine", "MACHINE") { $0.machine },
            Column("hardware", "HARDWARE", optional: { $0.hardware }),
            Column("consumed", "COUNTS") { $0.consumed ? "yes" : "no" },
            Column("version", "VERSION", optional: { $0.version }),
            Column("qualifyingLicense", nil, optional: { $0.qualifyingLicense }),
            Column("host", nil, optional: { $0.host }),
            Column("recordedAt", nil) { $0.recordedAt },
        ]
    }
}
