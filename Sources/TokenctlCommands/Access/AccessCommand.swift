import ArgumentParser
import Registry

struct AccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Who may do and see what (R13 to R16).",
        discussion: """
            A permission is held by a user (user:NAME) or a group (group:NAME) of this machine: software, cloud, \
            keys, statement, or administrator, which includes all of them and lets its holder grant them. Without a daemon, anyone who can read \
            the registry's files can read everything in it.
            """,
        subcommands: [AccessGrantCommand.self, AccessRevokeCommand.self, AccessListCommand.self]
    )
}

extension AccessResource: Row {
    static let rowStyle = RowStyle(headings: ["revokedAt": "REVOKED"], hidden: ["organizationId", "dryRun"])
}
