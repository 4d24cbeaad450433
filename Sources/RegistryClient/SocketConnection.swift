import FoundationEssentials
public import Registry
public import RegistryAPI

/// The registry through the daemon's socket.
public struct SocketConnection: RegistryConnection {
    private let exchange: HTTPExchange

    /// - Parameters:
    ///   - path: the daemon's socket.
    ///   - trust: whose program may answer there.
    public init(path: String, trust: DaemonTrust = DaemonTrust([:])) {
        exchange = HTTPExchange(socketPath: path, trust: trust)
    }

    public func call<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file: UploadedFile?,
        _ options: CommandOptions
    ) async throws -> U.Output {
        let endpoint = EndpointTable.entry(of: useCase)
        let request = EncodedInput(
            fields,
            of: endpoint.route,
            options: options,
            fileName: file?.name,
            mediaType: endpoint.mediaTypes.last ?? ""
        )
        let answer = try await exchange.send(request, body: file.map(EncodedInput.Body.file) ?? request.body)
        return try decode(U.Output.self, answer, options)
    }

    /// What the daemon says about itself.
    /// - Throws: `Problem`.
    public func health(_ options: CommandOptions) async throws -> HealthResource {
        try await ask(.health, options)
    }

    /// A link that signs the caller in to the daemon's page.
    /// - Throws: `Problem`.
    public func webLink(_ options: CommandOptions) async throws -> WebLinkResource {
        try await ask(.webLink, options)
    }

    /// Ends the caller's sessions on the daemon's page.
    /// - Throws: `Problem`.
    public func endWebSessions(_ options: CommandOptions) async throws -> EndedWebSessionsResource {
        try await ask(.webSessions, options)
    }

    private func ask<Output: Decodable>(_ route: ServiceRoute, _ options: CommandOptions) async throws -> Output {
        let request = EncodedInput(route, requestID: options.requestID)
        return try decode(Output.self, await exchange.send(request, body: .none), options)
    }

    /// Gives the ledger's rows that the fields of ``ListAudit`` name, and then those that are appended, until either side
    /// ends it.
    /// - Throws: `Problem`, and what `onRow` throws.
    public func follow(
        _ fields: WireValue,
        _ options: CommandOptions,
        onRow: @escaping @Sendable (AuditEntryResource) throws -> Void
    ) async throws {
        let route = EndpointTable.entry(of: ListAudit.self).route
        let request = EncodedInput(fields.setting("follow", to: true), of: route, options: options)
        try await exchange.stream(request) { try onRow(decode(AuditEntryResource.self, $0, options)) }
    }

    private func decode<Output: Decodable>(
        _ type: Output.Type,
        _ answer: Data,
        _ options: CommandOptions
    ) throws -> Output {
        do {
            return try JSONDecoder().decode(type, from: answer)
        } catch {
            throw TransportProblem.answerUnreadable.problem(
                "The daemon's answer is not what this version of tokenctl reads; both should be of one version.",
                requestID: options.requestID
            )
        }
    }
}
