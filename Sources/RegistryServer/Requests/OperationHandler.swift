import FoundationEssentials
import HTTPTypes
import HummingbirdCore
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

    /// - Throws: what `ProblemAnswer` can say, or what nobody foresaw.
    @concurrent
    func answer(
        _ entry: Endpoint,
        _ match: RouteTable.Match,
        _ target: RequestTarget,
        _ request: Request,
        requestID: String,
        on connection: LocalConnection,
        _ writer: borrowing ResponseWriter
    ) async throws -> Answer {
        let caller = try caller(of: connection)
        if !entry.takesFile { try await goOn(request, writer, limit: limits.bodySize(of: entry)) }
        guard entry.route.hasBody else {
            let input = WireValue.object(match.parameters + queryMembers(target.query))
            let invocation = try WireDecoder.decoding(input, entry.invocation)
            let call = Call(service: service, caller: caller, options: CommandOptions(requestID: requestID))
            if entry.isFollowed, target.query.contains(where: { $0.name == "follow" && $0.value == "true" }) {
                return .stream(try await follow(input, call, on: connection))
            }
            return try await perform(invocation, of: entry, file: nil, call, on: connection)
        }
        // The body of an upload is the file, so what else is to say stands in the query.
        let said = entry.takesFile ? target.query.filter { !RequestOptions.names.contains($0.name) } : []
        let asked = entry.takesFile ? target.query.filter { RequestOptions.names.contains($0.name) } : target.query
        let options = try RequestOptions.read(request.headers, asked, requestID: requestID)
        let call = Call(service: service, caller: caller, options: options)
        if entry.takesFile {
            let invocation = try WireDecoder.decoding(.object(match.parameters + queryMembers(said)), entry.invocation)
            try await invocation.checkAccess(in: call)
            try await goOn(request, writer, limit: limits.uploadSize)
            connection.channel.triggerUserOutboundEvent(UploadBegins(), promise: nil)
            let file = try await BodyReader(limits: limits).file(request, in: spool, of: connection.userID)
            return try await perform(invocation, of: entry, file: file, call, on: connection)
        }
        let share = bodies.share(of: connection.userID)
        defer { share.end() }
        let invocation = try await invocation(of: entry, match, request, in: share)
        return try await perform(invocation, of: entry, file: nil, call, on: connection)
    }

    /// What the body and the path ask for. The body itself is not kept.
    private func invocation(
        of entry: Endpoint,
        _ match: RouteTable.Match,
        _ request: Request,
        in share: BodyMemory.Share
    ) async throws -> Endpoint.Invocation {
        let limit = limits.bodySize(of: entry)
        let members = try await BodyReader(limits: limits).json(request, upTo: limit, in: share)
        for member in members where match.parameters.contains(where: { $0.name == member.name }) {
            throw InputFault(field: member.name, reason: "the path says it")
        }
        return try WireDecoder.decoding(.object(match.parameters + members), entry.invocation)
    }

    /// Tells a client that asks first to send its body, unless that would be refused for its length.
    @concurrent
    private func goOn(_ request: Request, _ writer: borrowing ResponseWriter, limit: Int) async throws {
        guard request.headers[.expect]?.lowercased() == "100-continue",
            request.headers[.contentLength].flatMap({ Int($0) }).map({ $0 <= limit }) ?? true
        else { return }
        try await writer.writeInformationalHead(.init(status: .continue))
    }

    private func perform(
        _ invocation: Endpoint.Invocation,
        of entry: Endpoint,
        file: UploadedFile?,
        _ call: Call,
        on connection: LocalConnection
    ) async throws -> Answer {
        let status = entry.route.successStatus
        guard entry.isLengthy else {
            return .json(try await invocation(file: file, in: call), status: status, turn: nil)
        }
        let (data, turn) = try await lengthyWork.run(for: connection.userID, until: connection.ending) {
            try await invocation(file: file, in: call)
        }
        return .json(data, status: status, turn: turn)
    }

    /// Fails closed: who is not known to the machine is nobody.
    func caller(of connection: LocalConnection) throws -> Caller {
        guard let peer = connection.peer else {
            throw RequestProblem(.callerUnknown, "The kernel does not say who is calling.")
        }
        guard let caller = peers.caller(userID: peer.userID, groupID: peer.groupID) else {
            throw RequestProblem(.callerUnknown, "This machine has no user with the id \(peer.userID).")
        }
        return caller
    }

    private func queryMembers(_ query: [(name: String, value: String)]) -> [WireValue.Member] {
        var members: [WireValue.Member] = []
        for (name, value) in query {
            guard let place = members.firstIndex(where: { $0.name == name }) else {
                members.append(.init(name: name, value: .parameter(value)))
                continue
            }
            let earlier =
                switch members[place].value {
                case .parameter(let text): [text]
                case .parameters(let texts): texts
                default: [String]()
                }
            members[place] = .init(name: name, value: .parameters(earlier + [value]))
        }
        return members
    }

    private func follow(_ input: WireValue, _ call: Call, on connection: LocalConnection) async throws -> ResponseBody {
        let query = try WireDecoder.decoding(input) { try ListAudit(from: $0) }
        let follower = AuditFollower(call: call, commits: commits, connection: connection) {
            try caller(of: connection)
        }
        return try await follower.body(of: query)
    }
}

/// What a request is answered with.
enum Answer: Sendable {
    /// With the turn that ends once it has been sent.
    case json(Data, status: Int, turn: LengthyWork.Turn?)
    case text(ByteBuffer, type: String, status: Int)
    /// JSON documents, one a line, until either side ends it.
    case stream(ResponseBody)
}
