import ArgumentParser

struct LicenseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "license",
        abstract: "On-premises licences of users.",
        subcommands: [LicenseAssignCommand.self, LicenseReleaseCommand.self, LicenseListCommand.self]
    )
}
