/// Something that the registry can be asked for.
public protocol UseCase: Sendable {
    /// What it is about, such as an organisation or a token.
    associatedtype Subject

    /// Finds what it is about, and decides whether the caller may. Runs first, before anything else is looked at.
    /// - Throws: ``AccessDenial``; `Refusal` to the registry's owner.
    func authorize(_ gate: AccessGate) throws -> Permitted<Subject>
}

/// A use case that changes nothing.
public protocol RegistryQuery: UseCase {
    associatedtype Answer: Sendable

    /// How long it may keep the registry's log from being emptied; nil for what reads all there is. A minute by default.
    static var timeLimit: Duration? { get }

    /// - Throws: `Refusal`.
    func answer(on subject: Subject, in context: QueryContext) throws -> Answer
}

extension RegistryQuery {
    public static var timeLimit: Duration? { .seconds(60) }
}

/// A use case that leaves rows in the ledger.
public protocol RecordedUseCase: UseCase {
    associatedtype Answer: Sendable

    /// The name in the ledger, such as `token.redeem`.
    static var action: String { get }

    /// What the ledger names when it is refused before its subject is known.
    var subjectOfRefusal: String { get }

    /// Whether it runs under a clock that is far from the ledger's last row.
    static var acceptsAnyClock: Bool { get }

    /// Whether this refusal is a ledger row. Denials always are, within the bound on a caller's.
    func isRecorded(_ refusal: Refusal) -> Bool
}

extension RecordedUseCase {
    public static var acceptsAnyClock: Bool { false }
    public var subjectOfRefusal: String { "registry" }

    public func isRecorded(_ refusal: Refusal) -> Bool { false }
}

/// A use case that changes the registry.
///
/// Its stored properties are what was asked. They are digested to tell two requests apart, a code among them by its
/// keyed lookup. Its answer can be kept for a retry, so it must be decodable: ``ActivationCode`` is not, so that no
/// answer with a secret can be kept. What shows one is a ``RevealingUseCase``.
public protocol RegistryCommand: RecordedUseCase, Encodable where Answer: Codable {
    // Stated again so that they follow from `run`.
    associatedtype Subject
    associatedtype Answer

    /// Reads, asks the rules, writes, and appends to the ledger.
    /// - Throws: `Refusal`.
    func run(on subject: Subject, in context: CommandContext) throws -> Answer
}

/// A use case whose answer has a secret: it has no dry run, and is never remembered. Asked again, it is a new reveal with
/// a row of its own.
public protocol RevealingUseCase: RecordedUseCase {
    // Stated again so that they follow from `run`.
    associatedtype Subject
    associatedtype Answer

    /// Reads, and appends to the ledger.
    /// - Throws: `Refusal`.
    func run(on subject: Subject, in context: CommandContext) throws -> Answer
}
