import NIOCore
import Registry
import RegistryAPI

/// Answers the operations: reads the input, knows the caller, makes the call.
struct OperationHandler: Sendable {
    let service: RegistryService
    let peers: any PeerResolver
    let limits: ServerLimits
    let spool: UploadSpool
    let bodies: BodyMemory
    let commits: CommitFeed
    let lengthyWork: LengthyWork

    /// - Throws: what `Answer` can say, or what nobody foresaw.
    @concurrent
    func answer(_ exchange: Exchange, _ endpoint: Endpoint) async throws -> Answer {
        let caller = try caller(of: exchange.connection)
        if endpoint.takesFile { return try await upload(exchange, endpoint, caller) }
        let limit = limits.bodySize(of: endpoint)
        exchange.goOn(upTo: limit)
        guard endpoint.route.hasBody else {
            let call = Call(service: service, caller: caller, options: CommandOptions(requestID: exchange.requestID))
            let fields = exchange.fields()
            let invocation = try WireDecoder.decoding(fields, endpoint.invocation)
            if endpoint.isFollowed, exchange.target.query.contains(where: { $0 == ("follow", "true") }) {
                return try await follow(fields, call, exchange)
            }
            return try await perform(invocation, of: endpoint, in: call, exchange)
        }
        let options = try RequestOptions.read(exchange, exchange.target.query)
        var taken = 0
        defer { bodies.give(back: taken, of: exchange.userID) }
        let invocation = try await invocation(of: endpoint, exchange, upTo: limit, &taken)
        return try await perform(
            invocation,
            of: endpoint,
            in: Call(service: service, caller: caller, options: options),
            exchange
        )
    }

    /// The body of an upload is the file, so what else is to say stands in the query.
    private func upload(_ exchange: Exchange, _ endpoint: Endpoint, _ caller: Caller) async throws -> Answer {
        let asked = exchange.target.query.filter { RequestOptions.names.contains($0.name) }
        let call = Call(service: service, caller: caller, options: try RequestOptions.read(exchange, asked))
        let fields = exchange.fields(except: RequestOptions.names)
        let invocation = try WireDecoder.decoding(fields, endpoint.invocation)
        try await invocation.checkAccess(in: call)
        exchange.goOn(upTo: limits.uploadSize)
        exchange.connection.channel.triggerUserOutboundEvent(UploadBegins(), promise: nil)
        let file = try await BodyReader(exchange, upTo: limits.uploadSize).file(of: endpoint.mediaTypes, in: spool)
        return try await perform(invocation, of: endpoint, file: file, in: call, exchange)
    }

    /// What the body and the path ask for. The body itself is not kept.
    private func invocation(
        of endpoint: Endpoint,
        _ exchange: Exchange,
        upTo limit: Int,
        _ taken: inout Int
    ) async throws -> Endpoint.Invocation {
        let members = try await BodyReader(exchange, upTo: limit).json(in: bodies, &taken)
        for member in members where exchange.parameters.contains(where: { $0.name == member.name }) {
            throw InputFault(field: member.name, reason: "the path says it")
        }
        return try WireDecoder.decoding(.object(exchange.parameters + members), endpoint.invocation)
    }

    private func perform(
        _ invocation: Endpoint.Invocation,
        of endpoint: Endpoint,
        file: UploadedFile? = nil,
        in call: Call,
        _ exchange: Exchange
    ) async throws -> Answer {
        let status = endpoint.route.successStatus
        guard endpoint.isLengthy else {
            let data = try await invocation(file: file, in: call)
            return Answer(json: data, status: status, requestID: exchange.requestID)
        }
        let (data, turn) = try await lengthyWork.run(for: exchange.userID, until: exchange.connection.ending) {
            try await invocation(file: file, in: call)
        }
        var answer = Answer(json: data, status: status, requestID: exchange.requestID)
        answer.turn = turn
        return answer
    }

    /// Fails closed: who is not known to the machine is nobody.
    func caller(of connection: LocalConnection) throws -> Caller {
        guard let peer = connection.peer else {
            throw RequestProblem(.callerUnknown, "The kernel does not say who is calling.")
        }
        guard let caller = peers.caller(userID: peer) else {
            throw RequestProblem(.callerUnknown, "This machine has no user with the id \(peer).")
        }
        return caller
    }

    private func follow(_ fields: WireValue, _ call: Call, _ exchange: Exchange) async throws -> Answer {
        let query = try WireDecoder.decoding(fields) { try ListAudit(from: $0) }
        let follower = AuditFollower(call: call, commits: commits, connection: exchange.connection) {
            try caller(of: exchange.connection)
        }
        return Answer(stream: try await follower.body(of: query), requestID: exchange.requestID)
    }
}
