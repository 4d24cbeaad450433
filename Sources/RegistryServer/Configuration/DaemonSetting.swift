import Logging

/// One thing that can be set: `--body-size 1048576`, `TOKEND_BODY_SIZE=1048576`, or `body-size = 1048576` in a file.
struct DaemonSetting: Sendable {
    let name: String
    var expectation = "expected a text"
    let apply: @Sendable (String, inout DaemonConfiguration) -> Bool

    /// Every setting.
    static let all: [DaemonSetting] = [
        text("registry") { $0.registryPath = $1 },
        text("socket") { $0.socketPath = $1 },
        text("spool") { $0.spoolPath = $1 },
        text("group") { $0.group = $1 },
        text("config") { _, _ in },
        text("log-file") { $0.logFile = $1 },
        DaemonSetting(
            name: "metrics-readers",
            expectation: "it is anybody, nobody, or user:NAME and group:NAME, separated by commas"
        ) { text, configuration in
            guard let readers = MetricsReaders(text) else { return false }
            configuration.metricsReaders = readers
            return true
        },
        DaemonSetting(
            name: "log-level",
            expectation: "it is debug, info, notice, warning or error"
        ) { text, configuration in
            guard let level = Logger.Level(rawValue: text), level >= .debug, level <= .error else { return false }
            configuration.logLevel = level
            return true
        },
        number("body-size", 1_024...(64 << 20), \.limits.bodySize),
        number("upload-size", 1_024...(8 << 30), \.limits.uploadSize),
        number("header-size", 1_024...(1 << 20), \.limits.headerSize),
        number("header-count", 10...10_000, \.limits.headerCount),
        number("connections", 1...100_000, \.limits.connections),
        number("user-connections", 1...100_000, \.limits.connectionsPerUser),
        seconds("idle-timeout", \.limits.idleTimeout),
        seconds("header-timeout", \.limits.headerTimeout),
        seconds("body-timeout", \.limits.bodyTimeout),
        seconds("upload-timeout", \.limits.uploadTimeout),
        seconds("write-timeout", \.limits.writeTimeout),
        seconds("shutdown-timeout", \.limits.shutdownTimeout),
    ]

    private static func text(
        _ name: String,
        _ set: @escaping @Sendable (inout DaemonConfiguration, String) -> Void
    ) -> DaemonSetting {
        DaemonSetting(name: name) { text, configuration in
            guard !text.isEmpty else { return false }
            set(&configuration, text)
            return true
        }
    }

    private static func number(
        _ name: String,
        _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<DaemonConfiguration, Int> & Sendable
    ) -> DaemonSetting {
        let expectation = "it is a number from \(range.lowerBound) to \(range.upperBound)"
        return DaemonSetting(name: name, expectation: expectation) { text, configuration in
            guard let number = Int(text), range.contains(number) else { return false }
            configuration[keyPath: path] = number
            return true
        }
    }

    private static func seconds(
        _ name: String,
        _ path: any WritableKeyPath<DaemonConfiguration, Duration> & Sendable
    ) -> DaemonSetting {
        let expectation = "it is a number of seconds from 1 to 86400"
        return DaemonSetting(name: name, expectation: expectation) { text, configuration in
            guard let number = Int(text), (1...86_400).contains(number) else { return false }
            configuration[keyPath: path] = .seconds(number)
            return true
        }
    }

    // MARK: Where settings come from

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
    private var variable: String {
        "TOKEND_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }
}
