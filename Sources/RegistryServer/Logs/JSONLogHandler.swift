public import Logging
import Registry
import RegistryAPI

/// Structured logs: one JSON object a line, with the instant, the level, the message and its metadata. Codes are masked.
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]

    private let output: LogOutput
    private let clock: @Sendable () -> String

    /// - Parameter clock: the instant, as RFC 3339.
    public init(output: LogOutput, level: Logger.Level, clock: @escaping @Sendable () -> String) {
        self.output = output
        logLevel = level
        self.clock = clock
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var fields = metadata.mapValues(\.description)
        for (key, value) in event.metadata ?? [:] { fields[key] = value.description }
        fields["at"] = clock()
        fields["level"] = event.level.rawValue
        fields["message"] = event.message.description
        fields = fields.mapValues(ActivationCode.masking)
        guard let line = try? WireJSON.encode(fields) else { return }
        let prefix = output.isJournal ? Self.priority(of: event.level).prefix : ""
        output.write(Array(prefix.utf8) + line + [UInt8(ascii: "\n")])
    }

    /// As `journalctl -p` understands it.
    private static func priority(of level: Logger.Level) -> JournalStream.Priority {
        switch level {
        case .trace, .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}
