import ArgumentParser
import RegistryAPI

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

extension AccessResource: Tabular {
    static var columns: [Column<AccessResource>] {
        [
            Column("organizationId", nil) { $0.organizationId },
            Column("principal", "PRINCIPAL") { $0.principal },
            Column("permission", "PERMISSION") { $0.permission },
            Column("from", "FROM") { $0.from },
            Column("until", "UNTIL", optional: { $0.until }),
            Column("grantedBy", "GRANTED BY") { $0.grantedBy },
            Column("revokedAt", "REVOKED", optional: { $0.revokedAt }),
        ]
    }
}
