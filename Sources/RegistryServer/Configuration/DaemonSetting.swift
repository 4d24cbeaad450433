import Logging
import RegistryAPI

/// One thing that can be set: `--body-size 1048576`, `TOKEND_BODY_SIZE=1048576`, or `body-size = 1048576` in a file.
struct DaemonSetting: Sendable {
    let name: String
    let expectation: String
    /// False for a text that is not as expected.
    let apply: @Sendable (String, inout DaemonConfiguration) -> Bool

    /// Every setting.
    static let all: [DaemonSetting] = [
        text("registry", \.registryPath) { $0 },
        text("key", \.keyFile) { $0 },
        text("socket", \.socketPath) { $0 },
        text("spool", \.spoolPath) { $0 },
        text("group", \.group) { $0 },
        DaemonSetting(name: "config", expectation: "expected a text") { text, _ in !text.isEmpty },
        text("log-file", \.logFile) { $0 },
        DaemonSetting(
            "metrics-readers",
            \.metricsReaders,
            "it is anybody, nobody, or user:NAME and group:NAME, separated by commas"
        ) { MetricsReaders($0) },
        DaemonSetting("web", \.web, "it is 127.0.0.1:PORT or [::1]:PORT; only this machine may reach it") {
            WebAddress($0).map(Optional.some)
        },
        seconds("web-session", \.webSession),
        DaemonSetting("log-level", \.logLevel, "it is debug, info, notice, warning or error") { text in
            Logger.Level(rawValue: text).flatMap { (.debug ... .error).contains($0) ? $0 : nil }
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

    private typealias Place<Value> = WritableKeyPath<DaemonConfiguration, Value> & Sendable

    private static func text<Value>(
        _ name: String,
        _ place: any Place<Value>,
        _ read: @escaping @Sendable (String) -> Value
    ) -> DaemonSetting {
        DaemonSetting(name, place, "expected a text") { $0.isEmpty ? nil : read($0) }
    }

    private static func number(_ name: String, _ range: ClosedRange<Int>, _ place: any Place<Int>) -> DaemonSetting {
        DaemonSetting(name, place, "it is a number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    private static func seconds(_ name: String, _ place: any Place<Duration>) -> DaemonSetting {
        DaemonSetting(name, place, "it is a number of seconds from 1 to 86400") { text in
            Int(text).flatMap { (1...86_400).contains($0) ? .seconds($0) : nil }
        }
    }

    private init(
        name: String,
        expectation: String,
        apply: @escaping @Sendable (String, inout DaemonConfiguration) -> Bool
    ) {
        self.name = name
        self.expectation = expectation
        self.apply = apply
    }

    private init<Value>(
        _ name: String,
        _ place: any Place<Value>,
        _ expectation: String,
        _ read: @escaping @Sendable (String) -> Value?
    ) {
        self.init(name: name, expectation: expectation) { text, configuration in
            guard let value = read(text) else { return false }
            configuration[keyPath: place] = value
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
