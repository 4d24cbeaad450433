import ArgumentParser
import FoundationEssentials
import Glibc
import ProgramVersion
import RegistryAPI
import RegistryServer

/// The daemon's command line. Every option is a setting of the same name, and `DaemonConfiguration` reads its value.
struct TokendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokend",
        abstract: "Serve a registry on a Unix-domain socket.",
        usage: "tokend [--<name> <value>] ...",
        discussion: """
            Each setting can also be given as TOKEND_NAME in the environment, or as a line "name = value" of the file \
            that --config names. The command line overrides the environment, which overrides the file.
            """,
        version: Version.current
    )

    @Option("dir", "The registry's directory, or the address of its PostgreSQL server.", .directory) var registry
    @Option("file", "The key of a registry on a PostgreSQL server.", .file()) var key
    @Option("path", "Where to listen.", .file()) var socket
    @Option("dir", "Where to keep files while they are uploaded.", .directory) var spool
    @Option("name", "The group whose members may connect.") var group
    @Option("file", "A file of settings, one per line: name = value.", .file()) var config
    @Option("file", "Log to this file instead of standard error; reopened on SIGHUP.", .file()) var logFile
    @Option("who", "Who may read /metrics: anybody, nobody, or user:NAME and group:NAME, comma-separated.")
    var metricsReaders
    @Option("address", "Serve a page for browsers there, too: 127.0.0.1:PORT or [::1]:PORT; see tokenctl web.") var web
    @Option("seconds", "Most time that a browser stays signed in.") var webSession
    @Option("level", "What to log: debug, info, notice, warning or error.") var logLevel
    @Option("bytes", "Largest JSON body.") var bodySize
    @Option("bytes", "Largest uploaded file.") var uploadSize
    @Option("bytes", "Largest request header section.") var headerSize
    @Option("n", "Most headers in a request.") var headerCount
    @Option("n", "Most connections.") var connections
    @Option("n", "Most connections of one user.") var userConnections
    @Option("seconds", "Most time between two requests.") var idleTimeout
    @Option("seconds", "Most time for a request's header section.") var headerTimeout
    @Option("seconds", "Most time for a JSON body.") var bodyTimeout
    @Option("seconds", "Most time for an uploaded file.") var uploadTimeout
    @Option("seconds", "Most time that a client may leave its answer unread.") var writeTimeout
    @Option("seconds", "Most time to finish what was accepted when stopping.") var shutdownTimeout

    /// - Throws: `ConfigurationFault`; `ValidationError` when an option was given twice.
    func configuration() throws -> DaemonConfiguration {
        try DaemonConfiguration(
            flags: flags(),
            environment: ProcessInfo.processInfo.environment,
            isRoot: geteuid() == 0
        ) { try? String(contentsOfFile: $0, encoding: .utf8) }
    }

    private func flags() throws -> [String: String] {
        var flags: [String: String] = [:]
        for (label, option) in Mirror(reflecting: self).children {
            guard let label, let values = (option as? Option<[String]>)?.wrappedValue else { continue }
            let name = label.dropFirst().map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
            guard values.count < 2 else { throw ValidationError("--\(name) was given twice") }
            flags[name] = values.first
        }
        return flags
    }
}

extension Option<[String]> {
    fileprivate init(_ valueName: String, _ help: String, _ completion: CompletionKind? = nil) {
        self.init(wrappedValue: [], help: ArgumentHelp(help, valueName: valueName), completion: completion)
    }
}
