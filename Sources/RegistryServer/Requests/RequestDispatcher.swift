import Logging
import NIOCore
import NIOHTTP1
import Registry
import RegistryAPI

/// What the handlers of all connections share: finds what answers a request, turns errors into problems, measures and logs.
struct RequestDispatcher: Sendable {
    let routes: RouteTable
    let operations: OperationHandler
    let service: ServiceHandler
    let web: WebHandler
    let metrics: ServerMetrics
    let dates = HTTPDateCache()
    let logger: Logger

    /// What the request is, and what answers it. From here on it has a name, and is counted where it belongs.
    /// - Throws: `RequestProblem` where the path is unknown, or takes other methods.
    func route(
        _ head: HTTPRequestHead,
        _ connection: LocalConnection,
        _ record: inout RequestRecord
    ) throws -> (Exchange, RouteTable.Handler) {
        record.requestID = try RequestID.read(head.headers)
        let target = try RequestTarget(head.uri)
        if connection.isWeb || target.segments.first == WebDoor.socketRoot {
            record.meter = web.meter
            let exchange = Exchange(
                head: head,
                requestID: record.requestID,
                target: target,
                parameters: [],
                connection: connection
            )
            return (exchange, .web)
        }
        let (route, parameters) = try routes.route(head.method.rawValue, target.segments)
        record.meter = route.meter
        let exchange = Exchange(
            head: head,
            requestID: record.requestID,
            target: target,
            parameters: parameters,
            connection: connection
        )
        return (exchange, route.handler)
    }

    /// Answers what is asked about the daemon itself.
    func answer(_ exchange: Exchange, _ route: ServiceRoute, completion: @escaping Completion<Answer>) {
        let answer: @Sendable () -> Void = {
            completion(
                Result { try service.answer(exchange, route) { try operations.caller(of: exchange.connection) } }
            )
        }
        if route == .readiness { operations.shortWork.run(answer) } else { answer() }
    }

    /// What the caller is told of `error`.
    func problem(of error: any Error, _ record: RequestRecord) -> Answer {
        if let known = Answer(error, requestID: record.requestID) { return known }
        logger.error(
            "Unexpected error",
            metadata: [
                "request": "\(record.requestID)", "operation": "\(record.meter.name)",
                "error": "\(type(of: error)): \(error)",
            ]
        )
        return Answer(Problem.internalError(requestID: record.requestID))
    }

    /// The request has its answer. Never logs a path's parameters or a body: a code could stand there.
    func ended(_ record: RequestRecord, status: Int, on connection: LocalConnection) {
        record.meter.record(status: status, duration: record.began.duration(to: .now))
        logger.log(
            level: status >= 500 ? .error : status == 403 ? .notice : .debug,
            "request",
            metadata: [
                "request": "\(record.requestID)", "operation": "\(record.meter.name)", "status": "\(status)",
                "uid": "\(connection.peer.map { String($0) } ?? "unknown")",
            ]
        )
    }
}

/// What is to be said of a request once it has been answered.
struct RequestRecord: Sendable {
    let began = ContinuousClock.now
    var requestID: String
    var meter: OperationMeter
}
