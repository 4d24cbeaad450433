import ArgumentParser
import Registry
import RegistryAPI

struct KeyListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List an organisation's product keys, their codes masked, with what is left of each."
    )

    @OptionGroup var organization: OrganizationArgument

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.list(ListKeys.self, ["organization": try shell.organization(organization)])
    }
}

extension ProductKeyResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "maskedCode": "CODE", "activationsUsed": "USED", "activationsLeft": "LEFT", "runsOutOn": "RUNS OUT",
        ],
        hidden: ["organizationId", "source", "kms", "reimagedOften"],
        texts: ["reimagedOften": { $0.items.map { $0["machine"].cellText }.joined(separator: " ") }]
    )
}
