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
    let dates = HTTPDateCache()
    let logger: Logger

    @concurrent
    func respond(
        to request: Request,
        _ writer: consuming ResponseWriter,
        on connection: LocalConnection
    ) async throws {
        let started = ContinuousClock.now
        var requestID = RequestOptions.newRequestID()
        var meter = metrics.unrouted
        var answer: Answer
        do {
            requestID = try RequestOptions.requestID(request.headers)
            let target = try RequestTarget(request.head.path ?? "")
            let (route, parameters) = try routes.route(request.method.rawValue, target.segments)
            meter = route.meter
            let exchange = Exchange(
                request: request,
                requestID: requestID,
                target: target,
                parameters: parameters,
                connection: connection
            )
            answer =
                switch route.handler {
                case .operation(let endpoint): try await operations.answer(exchange, endpoint)
                case .service(let route):
                    try await service.answer(exchange, route) { try operations.caller(of: connection) }
                }
        } catch {
            answer = problem(of: error, request, requestID: requestID)
        }
        let turn = answer.turn
        defer { turn?.end() }
        answer.head.headerFields[.date] = dates.now
        meter.record(status: answer.head.status.code, duration: started.duration(to: .now))
        log(answer.head.status.code, meter, requestID, on: connection)
        let body = request.method == .head ? ResponseBody() : answer.stream ?? ResponseBody(byteBuffer: answer.body)
        try await writer.write(response: answer.head, body: body)
    }

    private func problem(of error: any Error, _ request: Request, requestID: String) -> Answer {
        if let known = Answer(error, requestID: requestID) { return known }
        logger.error(
            "Unexpected error",
            metadata: [
                "request": "\(requestID)", "method": "\(request.method)", "error": "\(type(of: error)): \(error)",
            ]
        )
        return Answer(Problem.internalError(requestID: requestID))
    }

    /// Never a path's parameters or a body: a code could stand there.
    private func log(_ status: Int, _ meter: OperationMeter, _ requestID: String, on connection: LocalConnection) {
        logger.log(
            level: status >= 500 ? .error : status == 403 ? .notice : .debug,
            "request",
            metadata: [
                "request": "\(requestID)", "operation": "\(meter.name)", "status": "\(status)",
                "uid": "\(connection.peer.map { String($0) } ?? "unknown")",
            ]
        )
    }
}
