import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Registry
import RegistryAPI

/// Answers every request, outermost: names it, finds its handler, turns errors into problems, measures and logs.
struct RequestHandler: Sendable {
    let routes: RouteTable
    let operations: OperationHandler
    let service: ServiceHandler
    let metrics: ServerMetrics
    let dates: HTTPDateCache
    let logger: Logger

    @concurrent
    func respond(
        to request: Request,
        _ writer: consuming ResponseWriter,
        on connection: LocalConnection
    ) async throws {
        let started = ContinuousClock.now
        var requestID = RequestIdentifier.make()
        var meter = metrics.unrouted
        var head: HTTPResponse
        var body: ResponseBody
        var turn: LengthyWork.Turn?
        defer { turn?.end() }
        do {
            requestID = try RequestOptions.requestID(request.headers)
            let target = try RequestTarget(request.head.path ?? "")
            let match = try match(request, target)
            meter = match.meter
            let answer =
                switch match.handler {
                case .operation(let entry):
                    try await operations.answer(
                        entry,
                        match,
                        target,
                        request,
                        requestID: requestID,
                        on: connection,
                        writer
                    )
                case .service(let route):
                    try await service.answer(route, target, requestID: requestID) {
                        try operations.caller(of: connection)
                    }
                }
            if case .json(_, _, let held) = answer { turn = held }
            (head, body) = respond(answer, requestID: requestID)
        } catch {
            let problem = problem(of: error, request, requestID: requestID)
            head = problem.head
            body = ResponseBody(byteBuffer: problem.body)
        }
        head.headerFields[.date] = dates.now
        meter.record(status: head.status.code, duration: started.duration(to: .now))
        log(request, head, meter, requestID, on: connection)
        if request.method == .head { body = ResponseBody() }
        try await writer.write(response: head, body: body)
    }

    private func match(_ request: Request, _ target: RequestTarget) throws -> RouteTable.Match {
        switch routes.resolve(method: request.method.rawValue, segments: target.segments) {
        case .found(let match): return match
        case .otherMethods(let methods):
            throw RequestProblem(
                .methodNotAllowed,
                "The path takes \(methods.joined(separator: ", ")), not \(ActivationCode.excerpt(of: request.method.rawValue, 20)).",
                allow: methods
            )
        case .none:
            throw RequestProblem(.routeNotFound, "Unknown path; see \(ServiceRoute.openAPI.path).")
        }
    }

    private func respond(_ answer: Answer, requestID: String) -> (HTTPResponse, ResponseBody) {
        var headers = HTTPFields()
        headers[.requestID] = requestID
        headers[.cacheControl] = "no-store"
        switch answer {
        case .json(let data, let status, _):
            headers[.contentType] = "application/json"
            headers[.contentLength] = String(data.count)
            return (
                HTTPResponse(status: .init(code: status), headerFields: headers),
                ResponseBody(byteBuffer: ByteBuffer(bytes: data))
            )
        case .text(let buffer, let type, let status):
            headers[.contentType] = type
            headers[.contentLength] = String(buffer.readableBytes)
            return (HTTPResponse(status: .init(code: status), headerFields: headers), ResponseBody(byteBuffer: buffer))
        case .stream(let body):
            headers[.contentType] = "application/x-ndjson"
            return (HTTPResponse(status: .ok, headerFields: headers), body)
        }
    }

    private func problem(of error: any Error, _ request: Request, requestID: String) -> ProblemAnswer {
        if let known = ProblemAnswer(of: error, requestID: requestID) { return known }
        logger.error(
            "Unexpected error",
            metadata: [
                "request": "\(requestID)", "method": "\(request.method)", "error": "\(type(of: error)): \(error)",
            ]
        )
        return ProblemAnswer(Problem.internalError(requestID: requestID))
    }

    /// Never a path's parameters or a body: a code could stand there.
    private func log(
        _ request: Request,
        _ head: HTTPResponse,
        _ meter: OperationMeter,
        _ requestID: String,
        on connection: LocalConnection
    ) {
        let level: Logger.Level =
            switch head.status.code {
            case 500...: .error
            case 403: .notice
            default: .debug
            }
        logger.log(
            level: level,
            "request",
            metadata: [
                "request": "\(requestID)",
                "operation": "\(meter.name)",
                "status": "\(head.status.code)",
                "uid": "\(connection.peer.map { String($0.userID) } ?? "unknown")",
            ]
        )
    }
}
