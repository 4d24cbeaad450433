import Logging

/// One thing that can be set: `--body-size 1048576`, `TOKEND_BODY_SIZE=1048576`, or `body-size = 1048576` in a file.
public struct DaemonSetting: Sendable {
    public let name: String
    /// What stands for its value in the help.
    public let placeholder: String
    public let help: String
    let expectation: String
    let apply: @Sendable (String, inout DaemonConfiguration) -> Bool

    private init(
        _ name: String,
        _ placeholder: String,
        _ help: String,
        expectation: String = "expected a text",
        apply: @escaping @Sendable (String, inout DaemonConfiguration) -> Bool
    ) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
        self.expectation = expectation
        self.apply = apply
    }

    /// Every setting, in the order of the help.
    public static let all: [DaemonSetting] = [
        text("registry", "DIR", "the registry's directory") { $0.registryPath = $1 },
        text("socket", "PATH", "where to listen") { $0.socketPath = $1 },
        text("spool", "DIR", "where to keep files while they are uploaded") { $0.spoolPath = $1 },
        text("group", "NAME", "the group whose members may connect") { $0.group = $1 },
        text("config", "FILE", "a file of settings, one per line: name = value") { _, _ in },
        text("log-file", "FILE", "log to this file instead of standard error; reopened on SIGHUP") { $0.logFile = $1 },
        DaemonSetting(
            "metrics-readers",
            "WHO",
            "who may read /metrics: anybody, nobody, or user:NAME and group:NAME, comma-separated",
            expectation: "it is anybody, nobody, or user:NAME and group:NAME, separated by commas"
        ) { text, configuration in
            guard let readers = MetricsReaders(text) else { return false }
            configuration.metricsReaders = readers
            return true
        },
        DaemonSetting(
            "log-level",
            "LEVEL",
            "what to log: debug, info, notice, warning or error",
            expectation: "it is debug, info, notice, warning or error"
        ) { text, configuration in
            guard let level = Logger.Level(rawValue: text), level >= .debug, level <= .error else { return false }
            configuration.logLevel = level
            return true
        },
        number("body-size", "BYTES", 1_024...(64 << 20), "largest JSON body", \.limits.bodySize),
        number("upload-size", "BYTES", 1_024...(8 << 30), "largest uploaded file", \.limits.uploadSize),
        number("header-size", "BYTES", 1_024...(1 << 20), "largest request header section", \.limits.headerSize),
        number("header-count", "N", 10...10_000, "most headers in a request", \.limits.headerCount),
        number("connections", "N", 1...100_000, "most connections", \.limits.connections),
        number(
            "user-connections",
            "N",
            1...100_000,
            "most connections of one user",
            \.limits.connectionsPerUser
        ),
        seconds("idle-timeout", "most time between two requests", \.limits.idleTimeout),
        seconds("header-timeout", "most time for a request's header section", \.limits.headerTimeout),
        seconds("body-timeout", "most time for a JSON body", \.limits.bodyTimeout),
        seconds("upload-timeout", "most time for an uploaded file", \.limits.uploadTimeout),
        seconds("write-timeout", "most time that a client may leave its answer unread", \.limits.writeTimeout),
        seconds("shutdown-timeout", "most time to finish what was accepted when stopping", \.limits.shutdownTimeout),
    ]

    private static func text(
        _ name: String,
        _ placeholder: String,
        _ help: String,
        _ set: @escaping @Sendable (inout DaemonConfiguration, String) -> Void
    ) -> DaemonSetting {
        DaemonSetting(name, placeholder, help) { text, configuration in
            guard !text.isEmpty else { return false }
            set(&configuration, text)
            return true
        }
    }

    private static func number(
        _ name: String,
        _ placeholder: String,
        _ range: ClosedRange<Int>,
        _ help: String,
        _ path: any WritableKeyPath<DaemonConfiguration, Int> & Sendable
    ) -> DaemonSetting {
        let expectation = "it is a number from \(range.lowerBound) to \(range.upperBound)"
        return DaemonSetting(name, placeholder, help, expectation: expectation) { text, configuration in
            guard let number = Int(text), range.contains(number) else { return false }
            configuration[keyPath: path] = number
            return true
        }
    }

    private static func seconds(
        _ name: String,
        _ help: String,
        _ path: any WritableKeyPath<DaemonConfiguration, Duration> & Sendable
    ) -> DaemonSetting {
        let expectation = "it is a number of seconds from 1 to 86400"
        return DaemonSetting(name, "SECONDS", help, expectation: expectation) { text, configuration in
            guard let number = Int(text), (1...86_400).contains(number) else { return false }
            configuration[keyPath: path] = .seconds(number)
            return true
        }
    }

    // MARK: Where settings come from

    /// `--name value` or `--name=value`.
    /// - Throws: `ConfigurationFault`.
    static func parse(arguments: [String]) throws -> [String: String] {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                throw ConfigurationFault("\"\(argument)\" is not a setting; tokend --help lists them.")
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard all.contains(where: { $0.name == name }) else {
                throw ConfigurationFault("There is no setting --\(name); tokend --help lists them.")
            }
            guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                throw ConfigurationFault("--\(name) needs a value.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw ConfigurationFault("--\(name) was given twice.")
            }
        }
        return values
    }

    static func parse(environment: [String: String]) -> [String: String] {
        var values: [String: String] = [:]
        for setting in all { values[setting.name] = environment[setting.variable] }
        return values
    }

    /// `name = value`, one a line; `#` begins a line that is not read.
    /// - Throws: `ConfigurationFault`.
    static func parse(file: String, named path: String) throws -> [String: String] {
        var values: [String: String] = [:]
        for (index, line) in file.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = String(line).trimmingBlanks
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map { String($0).trimmingBlanks }
            guard parts.count == 2, all.contains(where: { $0.name == parts[0] }), parts[0] != "config" else {
                throw ConfigurationFault("\(path):\(index + 1): not a setting; expected name = value.")
            }
            values[parts[0]] = parts[1]
        }
        return values
    }

    /// `TOKEND_BODY_SIZE`.
    public var variable: String {
        "TOKEND_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// What `tokend --help` prints.
    public static var helpText: String {
        var text = "Usage: tokend [--NAME VALUE]...\n\nServes a registry on a Unix-domain socket.\n\n"
        for setting in all {
            let flag = "  --\(setting.name) \(setting.placeholder)"
            text += flag + String(repeating: " ", count: max(1, 30 - flag.count)) + setting.help + "\n"
        }
        return text
            + "\nEach can also be set as TOKEND_NAME in the environment, or as a line \"name = value\" of the file\n"
            + "that --config names. The command line overrides the environment, which overrides the file.\n"
    }
}
