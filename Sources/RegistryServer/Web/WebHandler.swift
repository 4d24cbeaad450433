import Logging
import NIOCore
import NIOHTTP1
import Registry
import RegistryAPI
import Synchronization

/// Answers requests for the page: signs in and out, and shows what the caller may see, through the same use cases as
/// everybody uses. Nothing can be changed here.
final class WebHandler: Sendable {
    let meter: OperationMeter
    private let service: RegistryService
    private let peers: any PeerResolver
    private let sessions: WebSessions
    private let turns: LengthyWork
    private let logger: Logger
    private let address = Mutex<WebAddress?>(nil)

    /// How long a page may read.
    private static let patience = Duration.seconds(60)

    init(
        service: RegistryService,
        peers: any PeerResolver,
        sessions: WebSessions,
        turns: LengthyWork,
        metrics: ServerMetrics,
        logger: Logger
    ) {
        self.service = service
        self.peers = peers
        self.sessions = sessions
        self.turns = turns
        self.logger = logger
        meter = metrics.meter(named: "page")
    }

    /// Browsers are served here from now on.
    func open(at address: WebAddress) {
        self.address.withLock { $0 = address }
    }

    // MARK: What `tokenctl web` asks for

    /// A link for whoever calls on the socket.
    /// - Throws: `RequestProblem`.
    func link(for exchange: Exchange, _ caller: Caller) throws -> WebLinkResource {
        guard let address = address.withLock({ $0 }) else {
            throw RequestProblem(
                .pageNotServed,
                "The daemon serves no page for browsers; it does with --web 127.0.0.1:PORT."
            )
        }
        let word = try sessions.link(for: exchange.userID)
        return WebLinkResource(
            url: "http://\(address)/sign-in?link=\(word)",
            seconds: Int(sessions.bounds.link.components.seconds),
            sessionSeconds: Int(sessions.bounds.session.components.seconds)
        )
    }

    /// Ends the sessions of whoever calls on the socket.
    func endSessions(of exchange: Exchange, _ caller: Caller) -> EndedWebSessionsResource {
        EndedWebSessionsResource(ended: sessions.end(of: exchange.userID))
    }

    // MARK: Pages

    /// - Parameter completion: is told a page, also of what went wrong, or what nobody foresaw.
    func answer(_ exchange: Exchange, completion: @escaping Completion<Answer>) {
        do {
            let door = WebDoor(address: address.withLock { $0 }, sessions: sessions)
            switch try door.visit(exchange) {
            case .anybody(let path, let base): completion(.success(try answerAnybody(exchange, path, base)))
            case .user(let user, let path, let base, let pass):
                try answer(exchange, user, path, base, pass, completion: completion)
            }
        } catch {
            complete(completion, with: error, exchange, visitor: nil)
        }
    }

    private func answerAnybody(_ exchange: Exchange, _ path: ArraySlice<String>, _ base: String) throws -> Answer {
        if path.count == 1, let asset = path.first.flatMap(WebAsset.init(rawValue:)) {
            try exchange.checkMethod(["GET"])
            return asset.answer(requestID: exchange.requestID)
        }
        let visitor = WebVisitor(base: base, caller: nil, canSignOut: false)
        switch path.joined(separator: "/") {
        case "":
            try exchange.checkMethod(["GET"])
            return visitor.answer(.signedOut, requestID: exchange.requestID)
        case "sign-in":
            try exchange.checkMethod(["GET", "POST"])
            let word = exchange.target.query.first { $0.name == "link" }?.value ?? ""
            guard exchange.head.method == .POST else {
                let isLink = sessions.isLink(word)
                return visitor.answer(
                    isLink ? .signIn(with: word) : .linkUsed,
                    status: isLink ? 200 : 403,
                    requestID: exchange.requestID
                )
            }
            guard let (pass, user) = try sessions.signIn(with: word) else {
                return visitor.answer(.linkUsed, status: 403, requestID: exchange.requestID)
            }
            logger.notice("Signed in to the page", metadata: ["uid": "\(user)", "request": "\(exchange.requestID)"])
            var answer = Answer.redirect(to: "/\(WebDoor.sessionRoot)/\(pass.key)/", requestID: exchange.requestID)
            answer.head.headers.add(name: "Set-Cookie", value: cookie(of: pass, lasting: sessions.bounds.session))
            return answer
        default:
            throw RequestProblem(
                .callerUnknown,
                "You are not signed in here. Run 'tokenctl web' for a link that signs you in."
            )
        }
    }

    private func answer(
        _ exchange: Exchange,
        _ user: UInt32,
        _ path: ArraySlice<String>,
        _ base: String,
        _ pass: WebSessions.Pass?,
        completion: @escaping Completion<Answer>
    ) throws {
        if path.count == 1, let asset = path.first.flatMap(WebAsset.init(rawValue:)) {
            try exchange.checkMethod(["GET"])
            return completion(.success(asset.answer(requestID: exchange.requestID)))
        }
        if let pass, path == ["sign-out"] {
            try exchange.checkMethod(["POST"])
            sessions.signOut(pass)
            var answer = WebVisitor(base: "", caller: nil, canSignOut: false)
                .answer(.signedOut, requestID: exchange.requestID)
            answer.head.headers.add(name: "Set-Cookie", value: cookie(of: pass, lasting: .zero))
            return completion(.success(answer))
        }
        // Fails closed: who is not known to the machine any more is nobody.
        guard let caller = peers.caller(userID: user) else {
            throw RequestProblem(.callerUnknown, "This machine has no user with the id \(user).")
        }
        let visitor = WebVisitor(base: base, caller: caller, canSignOut: pass != nil)
        do {
            try exchange.checkMethod(["GET"])
            guard let (route, parameters) = WebRoutes.route(path) else {
                throw RequestProblem(.routeNotFound, "There is no such page.")
            }
            show(route, parameters, visitor, caller, user, exchange, completion: completion)
        } catch {
            complete(completion, with: error, exchange, visitor: visitor)
        }
    }

    /// Makes a page from one state of the registry, when it is the user's turn.
    private func show(
        _ route: WebRoutes.Route,
        _ parameters: [String: String],
        _ visitor: WebVisitor,
        _ caller: Caller,
        _ user: UInt32,
        _ exchange: Exchange,
        completion: @escaping Completion<Answer>
    ) {
        var fields = exchange.target.query.reduce(into: [String: String]()) { $0[$1.name] = $1.value }
        fields.merge(parameters) { $1 }
        let service = service
        Task { [fields] in
            do {
                let (answer, turn) = try await turns.run(for: user, until: exchange.connection.ending) {
                    try await service.read(within: Self.patience, as: caller, requestID: exchange.requestID) {
                        reading in
                        let context = WebContext(reading: reading, base: visitor.base, fields: fields)
                        return visitor.answer(try route.page(context), requestID: exchange.requestID)
                    }
                }
                var finished = answer
                finished.turn = turn
                completion(.success(finished))
            } catch {
                complete(completion, with: error, exchange, visitor: visitor)
            }
        }
    }

    private func complete(
        _ completion: Completion<Answer>,
        with error: any Error,
        _ exchange: Exchange,
        visitor: WebVisitor?
    ) {
        guard let problem = Problem(of: error, forPage: exchange.requestID) else { return completion(.failure(error)) }
        let visitor =
            visitor
            ?? WebVisitor(
                base: exchange.connection.isWeb ? "" : "/\(WebDoor.socketRoot)",
                caller: nil,
                canSignOut: false
            )
        var answer = visitor.answer(.problem(problem), status: problem.status, requestID: exchange.requestID)
        if let allow = (error as? RequestProblem)?.allow, !allow.isEmpty {
            answer.head.headers.add(name: "Allow", value: allow.joined(separator: ", "))
        }
        completion(.success(answer))
    }

    private func cookie(of pass: WebSessions.Pass, lasting time: Duration) -> String {
        "\(WebDoor.cookie)=\(pass.secret); Path=/\(WebDoor.sessionRoot)/\(pass.key)/; "
            + "Max-Age=\(time.components.seconds); HttpOnly; SameSite=Strict"
    }
}

extension Exchange {
    /// - Parameter methods: those that the page takes; `HEAD` is as good as `GET`.
    /// - Throws: `RequestProblem`.
    fileprivate func checkMethod(_ methods: [String]) throws {
        let method = head.method == .HEAD ? "GET" : head.method.rawValue
        guard methods.contains(method) else {
            let allowed = methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
            throw RequestProblem(
                .methodNotAllowed,
                "The page takes \(allowed.joined(separator: ", ")), not \(ActivationCode.excerpt(of: method, 20)).",
                allow: allowed
            )
        }
    }
}

extension Problem {
    /// The problem of an error that a request for a page ends with; nil for one that nobody foresaw.
    fileprivate init?(of error: any Error, forPage requestID: String) {
        switch error {
        case let problem as RequestProblem: self = problem.kind.problem(problem.detail, requestID: requestID)
        case is CancellationError:
            self = TransportProblem.requestMalformed.problem("The request was cut off.", requestID: requestID)
        default:
            guard let problem = Problem(of: error, requestID: requestID) else { return nil }
            self = problem
        }
    }
}
