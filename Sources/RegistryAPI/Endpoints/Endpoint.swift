public import FoundationEssentials
public import Registry

/// A use case at its place on the socket, without its types: what the endpoint table holds.
public struct Endpoint: Sendable {
    /// Where it stands on the socket.
    public let route: Route
    /// Whether the request's body is a file rather than JSON.
    public let takesFile: Bool
    /// The media types of the file; empty where it takes none.
    public let mediaTypes: [String]
    /// Whether it reads more than a page's worth, so that short requests should not wait for it.
    public let isLengthy: Bool
    /// Whether its body may be as long as a renewal's plan.
    public let takesPlan: Bool
    /// Whether its answer has a secret, so that there is no dry run of it.
    public let showsSecret: Bool
    /// The type that it carries out.
    let useCase: ObjectIdentifier
    /// Whether the daemon can answer it with a stream of new items (`?follow=true`).
    public var isFollowed: Bool { useCase == ObjectIdentifier(ListAudit.self) }
    /// Fields of which a request has exactly one.
    let alternatives: [String]
    let input: any (Decodable & Sendable).Type
    let output: any (Decodable & Sendable).Type
    private let prepare: @Sendable (any Decoder) throws -> Invocation

    /// A call whose input was read, and that was not made yet.
    public struct Invocation: Sendable {
        private let perform: @Sendable (UploadedFile?, Call) async throws -> Data
        private let useCase: any UseCase

        fileprivate init(
            of useCase: any UseCase,
            _ perform: @escaping @Sendable (UploadedFile?, Call) async throws -> Data
        ) {
            self.perform = perform
            self.useCase = useCase
        }

        /// Refuses a caller who may not upload, before the file is taken. A denial is a ledger row.
        /// - Throws: `Refusal`.
        public func checkAccess(in call: Call) async throws {
            try await call.service.checkAccess(to: useCase, as: call.caller, requestID: call.options.requestID)
        }

        /// Makes the call.
        /// - Parameter file: what was uploaded, where the operation takes a file.
        /// - Returns: the output as JSON, keys sorted.
        /// - Throws: `Refusal`.
        public func callAsFunction(file: UploadedFile?, in call: Call) async throws -> Data {
            try await perform(file, call)
        }
    }

    /// - Parameters:
    ///   - path: begins with `/v1/`; `{name}` takes the use case's field of that name.
    ///   - name: the name in the OpenAPI document; nil for the use case's own.
    ///   - status: the HTTP status of a success.
    public init<U: UseCase>(
        _ method: Route.Method,
        _ path: String,
        _ useCase: U.Type,
        name: String? = nil,
        status: Int = 200,
        isLengthy: Bool = false,
        takesPlan: Bool = false
    ) {
        self.takesPlan = takesPlan
        route = Route(
            method,
            path,
            name ?? Self.name(of: useCase),
            U.summary,
            successStatus: status,
            isWrite: !(U.self is any RegistryQuery.Type)
        )
        takesFile = U.self is any TakesFile.Type
        mediaTypes = (U.self as? any TakesFile.Type)?.mediaTypes ?? []
        self.isLengthy = isLengthy || takesFile
        showsSecret = U.self is any RevealingUseCase.Type
        alternatives = U.alternatives
        input = U.self
        output = U.Output.self
        let showsSecret = showsSecret
        prepare = { decoder in
            let useCase = try U(from: decoder)
            return Invocation(of: useCase) { file, call in
                let supplied = try Self.supplying(useCase, file: file)
                let output = try await supplied.output(of: call.service, as: call.caller, options: call.options)
                return try WireJSON.encode(output, revealing: showsSecret)
            }
        }
        self.useCase = ObjectIdentifier(useCase)
    }

    /// `RedeemToken` is `redeemToken`.
    private static func name(of type: any UseCase.Type) -> String {
        let name = String(describing: type)
        return name.prefix(1).lowercased() + name.dropFirst()
    }

    private static func supplying<U: UseCase>(_ useCase: U, file: UploadedFile?) throws -> U {
        guard let upload = useCase as? any TakesFile else { return useCase }
        guard let file, let supplied = upload.supplying(file) as? U else { throw MissingFile() }
        return supplied
    }

    /// Reads the operation's input.
    /// - Throws: `DecodingError`, or what `decoder` throws.
    public func invocation(from decoder: any Decoder) throws -> Invocation {
        try prepare(decoder)
    }

    /// A server that did not hand over the file of an operation that takes one.
    private struct MissingFile: Error {}
}

/// JSON as it leaves the registry.
public enum WireJSON {
    /// - Parameter revealing: whether it shows the codes that it holds.
    public static func encode(_ value: some Encodable, revealing: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        if revealing, let key = ActivationCode.encodingKey { encoder.userInfo[key] = ActivationCode.Encoding.revealed }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(value)
        guard data.contains(where: { $0 >= 0x7F }) else { return data }
        return Data(String(decoding: data, as: UTF8.self).escapedJSON.utf8)
    }
}
