/// A use case as other programs see it: it is read from a request, and its answer goes over the wire.
///
/// Its stored properties are the fields of the request, and those of its answer the fields of what is answered: a name
/// once published stays.
public protocol PublishedUseCase: UseCase, Decodable {
    /// What goes over the wire.
    associatedtype Output: Codable & Sendable

    /// One line for a person.
    static var summary: String { get }

    /// Fields of which a request has exactly one; empty where there are none.
    static var alternatives: [String] { get }

    /// Carries it out.
    /// - Throws: `Refusal`.
    func output(of service: RegistryService, as caller: Caller, options: CommandOptions) async throws -> Output
}

extension PublishedUseCase {
    public static var alternatives: [String] { [] }
}

public protocol PublishedQuery: RegistryQuery, PublishedUseCase where Answer: Codable, Output == Answer {}

extension PublishedQuery {
    public func output(of service: RegistryService, as caller: Caller, options: CommandOptions) async throws -> Answer {
        try await service.answer(self, as: caller, requestID: options.requestID)
    }
}

public protocol PublishedCommand: RegistryCommand, PublishedUseCase where Output == Performed<Answer> {}

extension PublishedCommand {
    public func output(
        of service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> Performed<Answer> {
        let answer = try await service.perform(self, as: caller, options: options)
        return Performed(answer, isDryRun: options.isDryRun)
    }
}

public protocol PublishedReveal: RevealingUseCase, PublishedUseCase where Answer: Codable, Output == Answer {}

extension PublishedReveal {
    public func output(of service: RegistryService, as caller: Caller, options: CommandOptions) async throws -> Answer {
        try await service.reveal(self, as: caller, options: options)
    }
}

/// A use case that takes a file beside its fields.
public protocol TakesFile: UseCase {
    /// Not one of the fields; absent until it has been sent.
    var file: UploadedFile { get set }
}

/// A command that takes a file beside its fields.
public protocol UploadCommand: PublishedCommand, TakesFile {}

/// An import that takes its file beside its fields.
public protocol PublishedImport: FileImport, PublishedUseCase, TakesFile where Output == Performed<Answer> {}

extension PublishedImport {
    public func output(
        of service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> Performed<Answer> {
        let answer = try await service.perform(self, as: caller, options: options)
        return Performed(answer, isDryRun: options.isDryRun)
    }
}

extension TakesFile {
    /// The same with its file.
    public func supplying(_ file: UploadedFile) -> Self {
        var copy = self
        copy.file = file
        return copy
    }
}

/// What a command answers, and whether it was a dry run: one object.
@dynamicMemberLookup
public struct Performed<Answer: Codable & Sendable>: Codable, Sendable {
    public let answer: Answer
    public let dryRun: Bool

    private enum CodingKeys: CodingKey {
        case dryRun
    }

    public init(_ answer: Answer, isDryRun: Bool) {
        self.answer = answer
        dryRun = isDryRun
    }

    public init(from decoder: any Decoder) throws {
        answer = try Answer(from: decoder)
        dryRun = try decoder.container(keyedBy: CodingKeys.self).decode(Bool.self, forKey: .dryRun)
    }

    public func encode(to encoder: any Encoder) throws {
        try answer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(dryRun, forKey: .dryRun)
    }

    public subscript<Value>(dynamicMember path: KeyPath<Answer, Value>) -> Value { answer[keyPath: path] }
}

extension Performed: Equatable where Answer: Equatable {}
extension Performed: Hashable where Answer: Hashable {}
