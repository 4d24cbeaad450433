import ArgumentParser

struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "What users hold, in the cloud and on-premises.",
        subcommands: [UserShowCommand.self, UserSwitchCommand.self]
    )
}
