import ArgumentParser

struct OrgCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "org",
        abstract: "Organisations.",
        subcommands: [
            OrgAddCommand.self, OrgImportCommand.self, OrgListCommand.self, OrgShowCommand.self,
            OrgAddBillingAccountCommand.self,
        ]
    )
}
