/// Something that the registry can be asked for, by a command or by another program.
///
/// Its stored properties are the fields of the request, and those of its answer the fields of what is answered: a name
/// once published stays.
public protocol UseCase: Decodable, Sendable {
    /// What it is about, such as an organisation or a token.
    associatedtype Subject
    associatedtype Answer: Codable & Sendable
    /// What goes over the wire.
    associatedtype Output: Codable & Sendable

    /// One line for a person.
    static var summary: String { get }

    /// Fields of which a request has exactly one; empty where there are none.
    static var alternatives: [String] { get }

    /// Finds what it is about, and decides whether the caller may. Runs first, before anything else is looked at.
    /// - Throws: ``AccessDenial``; `Refusal` to the registry's owner.
    func authorize(_ gate: AccessGate) throws -> Permitted<Subject>

    /// How it is carried out; nothing of it has been done yet. What it ends with, where it fails, is a `Refusal`.
    func course(through service: RegistryService, as caller: Caller, options: CommandOptions) -> Course<Output>
}

extension UseCase {
    public static var alternatives: [String] { [] }
}

/// A use case that changes nothing.
public protocol RegistryQuery: UseCase where Output == Answer {
    // Stated again so that they follow from `answer`.
    associatedtype Subject
    associatedtype Answer

    /// How long it may keep the registry's log from being emptied; nil for what reads all there is. A minute by default.
    static var timeLimit: Duration? { get }

    /// - Throws: `Refusal`.
    func answer(on subject: Subject, in context: QueryContext) throws -> Answer
}

extension RegistryQuery {
    public static var timeLimit: Duration? { .seconds(60) }

    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<Answer> {
        .oneStep { service.answer(self, as: caller, requestID: options.requestID, completion: $0) }
    }
}

/// A use case that leaves rows in the ledger.
public protocol RecordedUseCase: UseCase, Encodable {
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
/// keyed lookup. Its answer is kept for a retry, so it holds no secret: what shows one is a ``RevealingUseCase``.
public protocol RegistryCommand: RecordedUseCase where Output == Performed<Answer> {
    // Stated again so that they follow from `run`.
    associatedtype Subject
    associatedtype Answer

    /// Reads, asks the rules, writes, and appends to the ledger.
    /// - Throws: `Refusal`.
    func run(on subject: Subject, in context: CommandContext) throws -> Answer
}

extension RegistryCommand {
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<Output> {
        Course.oneStep { service.perform(self, as: caller, options: options, completion: $0) }
            .map { Performed($0, isDryRun: options.isDryRun) }
    }
}

/// A use case whose answer has a secret: it has no dry run, and is never remembered. Asked again, it is a new reveal with
/// a row of its own.
public protocol RevealingUseCase: RecordedUseCase where Output == Answer {
    // Stated again so that they follow from `run`.
    associatedtype Subject
    associatedtype Answer

    /// Reads, and appends to the ledger.
    /// - Throws: `Refusal`.
    func run(on subject: Subject, in context: CommandContext) throws -> Answer
}

extension RevealingUseCase {
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<Answer> {
        .oneStep { service.reveal(self, as: caller, options: options, completion: $0) }
    }
}

/// A use case that takes a file beside its fields.
public protocol TakesFile: UseCase {
    /// Not one of the fields; absent until it has been sent.
    var file: UploadedFile { get set }

    /// The media types that it is sent as, CSV by default; the last is for whoever does not know which it is, as clients that
    /// are made from the OpenAPI document.
    static var mediaTypes: [String] { get }
}

/// A use case whose file holds rows: CSV, or NDJSON.
public protocol TakesRows: TakesFile {}

extension TakesRows {
    public static var mediaTypes: [String] { ["text/csv", "application/x-ndjson", "application/octet-stream"] }
}

extension TakesFile {
    public static var mediaTypes: [String] { ["text/csv", "application/octet-stream"] }

    /// The same with its file.
    public func supplying(_ file: UploadedFile) -> Self {
        var copy = self
        copy.file = file
        return copy
    }
}
