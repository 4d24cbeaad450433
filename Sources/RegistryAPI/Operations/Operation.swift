public import Registry

/// One use case as other programs see it: its route, what goes in and what comes out.
///
/// The command line without a daemon, the daemon's routes and the client all go through an operation, so they cannot
/// differ. Its types are wire types: a field once published keeps its name.
public protocol Operation: Sendable {
    associatedtype Input: Codable & Sendable
    associatedtype Output: Codable & Sendable

    static var route: Route { get }

    /// - Throws: `Refusal`.
    static func perform(_ input: Input, in call: Call) async throws -> Output
}

/// An operation that takes a file beside its input.
public protocol UploadOperation: Sendable {
    associatedtype Input: Codable & Sendable
    associatedtype Output: Codable & Sendable

    static var route: Route { get }

    /// The use case without its file, which is not sent before its caller is found to be permitted.
    /// - Throws: `Refusal` for an input that cannot be read.
    static func useCase(_ input: Input) throws -> any UseCase

    /// - Throws: `Refusal`.
    static func perform(_ input: Input, file: UploadedFile, in call: Call) async throws -> Output
}

/// An operation that shows a secret. It has no dry run and no remembered answer: each call is a reveal with its own ledger
/// row.
public protocol RevealOperation: Operation {
    associatedtype Input
    associatedtype Output
    associatedtype Revealing: RevealingUseCase

    /// - Throws: `Refusal` for an input that cannot be read.
    static func useCase(_ input: Input) throws -> Revealing
    static func output(_ answer: Revealing.Answer) -> Output
}

extension RevealOperation {
    public static func perform(_ input: Input, in call: Call) async throws -> Output {
        output(try await call.service.reveal(try useCase(input), as: call.caller, options: call.options))
    }
}

/// Where an operation stands on the daemon's socket.
public struct Route: Hashable, Sendable {
    public enum Method: String, CaseIterable, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    public let method: Method
    /// Begins with `/v1/`; `{name}` takes the input's field of that name.
    public let path: String
    /// The operation's name in the OpenAPI document.
    public let name: String
    /// One line for a person.
    public let summary: String
    /// The HTTP status of a success.
    public let successStatus: Int

    public init(_ method: Method, _ path: String, _ name: String, _ summary: String, successStatus: Int = 200) {
        self.method = method
        self.path = path
        self.name = name
        self.summary = summary
        self.successStatus = successStatus
    }

    /// Whether it can change something.
    public var isWrite: Bool { method != .get }
}

/// Who calls an operation, and how.
public struct Call: Sendable {
    public let service: RegistryService
    public let caller: Caller
    public let options: CommandOptions

    public init(service: RegistryService, caller: Caller, options: CommandOptions) {
        self.service = service
        self.caller = caller
        self.options = options
    }

    func answer<Query: RegistryQuery>(_ query: Query) async throws -> Query.Answer {
        try await service.answer(query, as: caller, requestID: options.requestID)
    }

    func perform<Command: RegistryCommand>(_ command: Command) async throws -> Command.Answer {
        try await service.perform(command, as: caller, options: options)
    }

    func perform<Import: FileImport>(_ useCase: Import) async throws -> Import.Answer {
        try await service.perform(useCase, as: caller, options: options)
    }
}
