import ArgumentParser
import ProgramVersion
import Registry
import RegistryAPI
import RegistryClient

struct VersionCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version of tokenctl, and of the daemon where one answers."
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        var daemon: VersionResource.Daemon?
        if let socket = shell.daemonSocket {
            do {
                let connection = SocketConnection(path: socket, trust: DaemonTrust(shell.environment))
                let health = try await connection.health(shell.options())
                daemon = VersionResource.Daemon(socket: socket, version: health.version, commit: health.commit)
            } catch let problem as Problem {
                shell.notice(problem.detail)
            }
        }
        shell.printer.print(VersionResource(daemon))
        if let daemon, daemon.version != Version.current {
            shell.notice("The daemon is of version \(daemon.version), and this program of \(Version.current).")
        }
    }
}

/// The version of this program, and of the daemon that it would ask.
struct VersionResource: Codable, Row {
    let version: String
    /// Null where it is not known.
    @Nullable var commit: String?
    /// Null where none answers.
    @Nullable var daemon: Daemon?

    struct Daemon: Codable {
        let socket: String
        let version: String
        @Nullable var commit: String?
    }

    init(_ daemon: Daemon?) {
        version = Version.current
        commit = Version.commit
        self.daemon = daemon
    }

    static let rowStyle = RowStyle(
        texts: [
            "daemon": { daemon in
                if case .null = daemon { return "" }
                let commit = daemon[text: "commit"]
                return daemon[text: "version"] + (commit.isEmpty ? "" : " (\(commit))")
                    + " on \(daemon[text: "socket"])"
            }
        ]
    )
}
