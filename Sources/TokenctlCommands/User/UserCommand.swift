import ArgumentParser

struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Show and change what users have, in the cloud and on-premises; erase their names.",
        subcommands: [
            UserListCommand.self, UserShowCommand.self, UserSwitchCommand.self, UserRenameCommand.self,
            UserReleaseCommand.self, UserEraseCommand.self,
        ]
    )
}
