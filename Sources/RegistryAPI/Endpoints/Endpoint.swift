import JSON
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
    /// Whether it can come to be lengthy, as a list of few rows as a rule that grows over the years.
    public let mayBeLengthy: Bool
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
        private let prepared: @Sendable (UploadedFile?, Call) throws -> Course<JSONAnswer>
        private let useCase: any UseCase

        fileprivate init(
            of useCase: any UseCase,
            _ prepared: @escaping @Sendable (UploadedFile?, Call) throws -> Course<JSONAnswer>
        ) {
            self.prepared = prepared
            self.useCase = useCase
        }

        /// Refuses a caller who may not upload, before the file is taken. A denial is a ledger row.
        /// - Parameter completion: is told a `Refusal` of who may not.
        public func checkAccess(in call: Call, completion: @escaping Completion<Void>) {
            call.service.checkAccess(
                to: useCase,
                as: call.caller,
                requestID: call.options.requestID,
                completion: completion
            )
        }

        /// How the call is made.
        /// - Parameter file: what was uploaded, where the operation takes a file.
        public func course(file: UploadedFile?, in call: Call) throws -> Course<JSONAnswer> {
            try prepared(file, call)
        }
    }

    /// An operation's output, on its way to its caller.
    public struct JSONAnswer: Sendable {
        private let encode: @Sendable () throws -> [UInt8]

        fileprivate init(_ output: some Encodable & Sendable, revealing: Bool) {
            encode = { try WireJSON.encode(output, revealing: revealing) }
        }

        /// As JSON, keys sorted. Whoever sends it makes it, and not the writer that it may come from.
        public func bytes() throws -> [UInt8] {
            try encode()
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
        mayBeLengthy: Bool = false,
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
        self.mayBeLengthy = mayBeLengthy
        showsSecret = U.self is any RevealingUseCase.Type
        alternatives = U.alternatives
        input = U.self
        output = U.Output.self
        let showsSecret = showsSecret
        prepare = { decoder in
            let useCase = try U(from: decoder)
            return Invocation(of: useCase) { file, call in
                try Self.supplying(useCase, file: file)
                    .course(through: call.service, as: call.caller, options: call.options)
                    .map { JSONAnswer($0, revealing: showsSecret) }
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
    /// - Returns: JSON in UTF-8, keys sorted, what shows nothing of its own escaped.
    public static func encode(_ value: some Encodable, revealing: Bool = false) throws -> [UInt8] {
        var writer = JSONWriter()
        writer.isEscaped = \.isUnseen
        if revealing, let key = ActivationCode.encodingKey { writer.userInfo[key] = ActivationCode.Encoding.revealed }
        return try writer.bytes(of: value)
    }
}
