public import Logging
import Registry
public import RegistryAPI

/// How the daemon runs.
public struct DaemonConfiguration: Sendable {
    /// A directory, or the address of a PostgreSQL server.
    public var registryPath: String
    /// The key of a registry on a server; nil for the one in the directory where this host keeps what it knows of one.
    public var keyFile: String?
    public var socketPath: String
    /// Where uploaded files are kept while they are read; they have no name there.
    public var spoolPath = "/var/tmp"
    /// The group whose members may connect; nil for the group of the daemon's process.
    public var group: String?
    public var metricsReaders = MetricsReaders.anybody
    /// Where browsers are served; nil for nowhere.
    public var web: WebAddress?
    /// How long a browser may be signed in.
    public var webSession: Duration = .seconds(28_800)
    /// Nil for standard error.
    public var logFile: String?
    public var logLevel: Logger.Level = .info
    public var limits = ServerLimits()

    public init(registryPath: String, socketPath: String) {
        self.registryPath = registryPath
        self.socketPath = socketPath
    }

    /// The configuration that `flags`, `environment` and a file make; each overrides what follows it.
    ///
    /// - Parameters:
    ///   - flags: the command line's values, by the name of their setting.
    ///   - readFile: gives a file's text; nil when it cannot be read.
    /// - Throws: `ConfigurationFault`.
    public init(
        flags: [String: String],
        environment: [String: String],
        isRoot: Bool,
        readFile: (String) -> String?
    ) throws {
        self.init(
            registryPath: Self.defaultRegistry(environment, isRoot: isRoot),
            socketPath: Self.defaultSocket(environment, isRoot: isRoot)
        )
        if let path = Self.defaultSpool(environment) { spoolPath = path }
        if let path = flags["config"] ?? environment["TOKEND_CONFIG"] {
            guard let text = readFile(path) else { throw ConfigurationFault("Cannot read the file \(path).") }
            try apply(try DaemonSetting.parse(file: text, named: path), from: path)
        }
        try apply(DaemonSetting.parse(environment: environment), from: "the environment")
        try apply(flags, from: "the command line")
        guard !socketPath.isEmpty else {
            throw ConfigurationFault("XDG_RUNTIME_DIR is not set, so there is no default socket; pass --socket.")
        }
        guard !registryPath.isEmpty else {
            throw ConfigurationFault("No home directory, so there is no default registry; pass --registry.")
        }
    }

    private mutating func apply(_ values: [String: String], from source: String) throws {
        for setting in DaemonSetting.all {
            guard let value = values[setting.name] else { continue }
            guard setting.apply(value, &self) else {
                throw ConfigurationFault(
                    "\"\(ActivationCode.excerpt(of: value, 80))\" cannot be \(setting.name) (from \(source)): \(setting.expectation)."
                )
            }
        }
    }

    /// `/run/tokend/tokend.sock` for root, `$XDG_RUNTIME_DIR/tokend.sock` for everyone else; empty without one.
    public static func defaultSocket(_ environment: [String: String], isRoot: Bool) -> String {
        if isRoot { return "/run/tokend/tokend.sock" }
        return nonEmpty(environment["XDG_RUNTIME_DIR"]).map { "\($0)/tokend.sock" } ?? ""
    }

    /// systemd's `CacheDirectory=`, else `$TMPDIR`.
    private static func defaultSpool(_ environment: [String: String]) -> String? {
        nonEmpty(environment["CACHE_DIRECTORY"]).flatMap { $0.split(separator: ":").first.map(String.init) }
            ?? nonEmpty(environment["TMPDIR"])
    }

    private static func defaultRegistry(_ environment: [String: String], isRoot: Bool) -> String {
        if let path = nonEmpty(environment["TOKENCTL_REGISTRY"]) { return path }
        return RegistryPath.usual(environment, isRoot: isRoot) ?? ""
    }

    private static func nonEmpty(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// A setting that is not what it should be.
public struct ConfigurationFault: Error, Hashable, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
