import NIOCore
import Registry
import RegistryAPI

/// Answers the operations: reads the input, knows the caller, makes the call. It never waits, and neither does who calls.
struct OperationHandler: Sendable {
    let service: RegistryService
    let peers: any PeerResolver
    let limits: ServerLimits
    let spool: UploadSpool
    let bodies: BodyMemory
    let commits: CommitFeed
    let shortWork: ShortWork
    let lengthyWork: LengthyWork

    /// Begins to read a JSON body.
    /// - Throws: `RequestProblem` where the head says that it would be refused.
    func body(of endpoint: Endpoint, _ exchange: Exchange) throws -> JSONBody {
        _ = try caller(of: exchange.connection)
        _ = try RequestOptions.read(exchange, exchange.target.query)
        let limit = limits.bodySize(of: endpoint)
        try exchange.checkBody(is: ["application/json"], upTo: limit)
        exchange.goOn(upTo: limit)
        return JSONBody(of: exchange.userID, upTo: limit, in: bodies)
    }

    /// Begins to read a file, which is the body of an upload, so what else is to say stands in the query.
    /// - Throws: `RequestProblem`, `InputFault`, `Refusal`.
    func upload(
        _ endpoint: Endpoint,
        _ exchange: Exchange,
        goOnReading: @escaping () -> Void,
        completion: @escaping Completion<Answer>
    ) throws -> UploadBody {
        let caller = try caller(of: exchange.connection)
        let asked = exchange.target.query.filter { RequestOptions.names.contains($0.name) }
        let call = Call(service: service, caller: caller, options: try RequestOptions.read(exchange, asked))
        try exchange.checkBody(is: endpoint.mediaTypes, upTo: limits.uploadSize)
        let fields = exchange.fields(except: RequestOptions.names)
        let invocation = try WireDecoder.decoding(fields, endpoint.invocation)
        let upload = UploadBody(exchange, upTo: limits.uploadSize, goOnReading: goOnReading) { file in
            do {
                let course = try invocation.course(file: file.get(), in: call)
                answerLengthily(exchange, endpoint, completion: completion) { try await course.output() }
            } catch {
                completion(.failure(error))
            }
        }
        let loop = exchange.connection.channel.eventLoop
        let bound = NIOLoopBound(upload, eventLoop: loop)
        shortWork.run {
            invocation.checkAccess(in: call) { access in
                // Never before this returns.
                loop.execute {
                    do {
                        try access.get()
                        bound.value.begin(in: try spool.file(for: exchange.userID))
                    } catch {
                        completion(.failure(error))
                    }
                }
            }
        }
        return upload
    }

    /// Answers an operation whose request has come to its end.
    /// - Parameter completion: is told what `Answer` can say, or what nobody foresaw.
    func answer(
        _ exchange: Exchange,
        _ endpoint: Endpoint,
        _ body: JSONBody?,
        completion: @escaping Completion<Answer>
    ) {
        do {
            let call = Call(
                service: service,
                caller: try caller(of: exchange.connection),
                options: try body.map { _ in try RequestOptions.read(exchange, exchange.target.query) }
                    ?? CommandOptions(requestID: exchange.requestID)
            )
            if endpoint.isFollowed, exchange.target.query.contains(where: { $0 == ("follow", "true") }) {
                return try follow(call, exchange, completion: completion)
            }
            if endpoint.isLengthy || body?.isLong == true {
                return answerLengthily(exchange, endpoint, completion: completion) {
                    try await readInvocation(of: endpoint, exchange, body).course(file: nil, in: call).output()
                }
            }
            let invocation = try readInvocation(of: endpoint, exchange, body)
            guard endpoint.mayBeLengthy else {
                return begin(try invocation.course(file: nil, in: call), exchange, endpoint, completion: completion)
            }
            // Most are short; one that is not is begun again elsewhere.
            var brief = call
            brief.service = service.brief
            begin(try invocation.course(file: nil, in: brief), exchange, endpoint) { result in
                guard case .failure(let error as Refusal) = result, error.code == .registryTimeout else {
                    return completion(result)
                }
                answerLengthily(exchange, endpoint, completion: completion) {
                    try await invocation.course(file: nil, in: call).output()
                }
            }
        } catch {
            completion(.failure(error))
        }
    }

    /// What the body and the path, or the path and the query, ask for. The body itself is not kept.
    private func readInvocation(
        of endpoint: Endpoint,
        _ exchange: Exchange,
        _ body: JSONBody?
    ) throws -> Endpoint.Invocation {
        guard let body else { return try WireDecoder.decoding(exchange.fields(), endpoint.invocation) }
        try exchange.checkComplete(body.count)
        let members = try body.members()
        for member in members where exchange.parameters.contains(where: { $0.name == member.name }) {
            throw InputFault(field: member.name, reason: "the path says it")
        }
        return try WireDecoder.decoding(.object(exchange.parameters + members), endpoint.invocation)
    }

    /// Answers at once, or when the writer has; other courses go to threads that may wait.
    private func begin(
        _ course: Course<Endpoint.JSONAnswer>,
        _ exchange: Exchange,
        _ endpoint: Endpoint,
        completion: @escaping Completion<Answer>
    ) {
        guard case .oneStep(let begin) = course else {
            return answerLengthily(exchange, endpoint, completion: completion) { try await course.output() }
        }
        let loop = exchange.connection.channel.eventLoop
        shortWork.run {
            begin { result in
                let finish: @Sendable () -> Void = {
                    completion(Result { try exchange.answer(result.get().bytes(), endpoint) })
                }
                // The writer has better things to do than to write JSON.
                if loop.inEventLoop { finish() } else { loop.execute(finish) }
            }
        }
    }

    /// Answers from a thread for lengthy work, when it is the caller's turn.
    private func answerLengthily(
        _ exchange: Exchange,
        _ endpoint: Endpoint,
        completion: @escaping Completion<Answer>,
        _ work: @escaping @Sendable () async throws -> Endpoint.JSONAnswer
    ) {
        Task {
            do {
                let (json, turn) = try await lengthyWork.run(for: exchange.userID, until: exchange.connection.ending) {
                    try await work().bytes()
                }
                var answer = exchange.answer(json, endpoint)
                answer.turn = turn
                completion(.success(answer))
            } catch {
                completion(.failure(error))
            }
        }
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

    private func follow(_ call: Call, _ exchange: Exchange, completion: @escaping Completion<Answer>) throws {
        let query = try WireDecoder.decoding(exchange.fields()) { try ListAudit(from: $0) }
        let follower = AuditFollower(call: call, commits: commits, connection: exchange.connection) {
            try caller(of: exchange.connection)
        }
        Task {
            do {
                completion(.success(Answer(requestID: exchange.requestID, stream: try await follower.body(of: query))))
            } catch {
                completion(.failure(error))
            }
        }
    }
}

extension Exchange {
    fileprivate func answer(_ json: [UInt8], _ endpoint: Endpoint) -> Answer {
        Answer(json: json, status: endpoint.route.successStatus, requestID: requestID)
    }
}
