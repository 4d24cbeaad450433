import FoundationEssentials

/// A use case that changes the registry.
///
/// Its stored properties are what was asked. They are encoded to tell two requests apart, so a secret among
/// them must encode as its masked form.
public protocol RegistryCommand: Encodable, Sendable {
    /// What the command answers; kept as JSON for requests with an idempotency key, so never with a secret in it.
    associatedtype Answer: Codable & Sendable

    /// The name in the ledger, such as `token.redeem`.
    static var action: String { get }

    /// What the ledger names when the command is refused before its subject is known.
    var subjectOfRefusal: String { get }

    /// Whether it runs under a clock that is far from the ledger's last row.
    static var acceptsAnyClock: Bool { get }

    /// Whether this refusal is a ledger row. By default only denials are.
    func isRecorded(_ refusal: Refusal) -> Bool

    /// Reads, asks the rules, writes, and appends to the ledger.
    /// - Throws: `Refusal`.
    func run(in context: CommandContext) throws -> Answer
}

extension RegistryCommand {
    public static var acceptsAnyClock: Bool { false }
    public var subjectOfRefusal: String { "registry" }

    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.code == .accessDenied }

    func canonicalRequest(overrides: Set<OverridableRule>) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let parameters = String(decoding: try encoder.encode(self), as: UTF8.self)
        let overridden = overrides.map(\.rawValue).sorted().joined(separator: ",")
        return "\(Self.action) \(overridden) \(parameters)"
    }
}

/// A use case that changes nothing.
public protocol RegistryQuery: Sendable {
    associatedtype Answer: Sendable

    /// How long it may keep the registry's log from being emptied; nil for what reads all there is. A minute by default.
    static var timeLimit: Duration? { get }

    /// - Throws: `Refusal`.
    func answer(in context: QueryContext) throws -> Answer
}

extension RegistryQuery {
    public static var timeLimit: Duration? { .seconds(60) }
}
