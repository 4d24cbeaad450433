import ArgumentParser
import RegistryAPI

struct KeyListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List an organisation's product keys, their codes masked, with what is left of each."
    )

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print { cursor in
            let input = ListKeysOperation.Input(organization: organization, after: cursor)
            let page = try await shell.call(ListKeysOperation.self, input)
            return (page.items, page.next)
        }
    }
}

extension ProductKeyResource: Tabular {
    static var columns: [Column<ProductKeyResource>] {
        [
            Column("id", "ID") { $0.id },
            Column("organizationId", nil) { $0.organizationId },
            Column("enrollmentId", "ENROLLMENT") { $0.enrollmentId },
            Column("maskedCode", "CODE") { $0.maskedCode },
            Column("product", "PRODUCT") { $0.product },
            Column("version", "VERSION", optional: { $0.version }),
            Column("source", nil) { $0.source },
            Column("kms", nil) { $0.kms ? "true" : "false" },
            Column("activations", "ACTIVATIONS", number: { $0.activations }),
            Column("activationsUsed", "USED", number: { $0.activationsUsed }),
            Column("activationsLeft", "LEFT", number: { $0.activationsLeft }),
            Column("runsOutOn", "RUNS OUT", optional: { $0.runsOutOn }),
            Column("reimagedOften", nil) { $0.reimagedOften.map(\.machine).joined(separator: " ") },
        ]
    }
}
