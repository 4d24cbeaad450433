import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import RegistryAPI
import Synchronization

/// Holds one connection to its limits: a slow or broken request gets a problem document, and the connection ends.
///
/// Belongs to its channel's event loop.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum Reading {
        /// Between two requests.
        case nothing
        /// Bytes came, and no head yet.
        case head
        case body
    }

    private enum Closing {
        case no
        /// Once the answer that is being written has ended.
        case afterResponse
        /// The answer is written; what still comes is thrown away.
        case draining
    }

    private let limits: ServerLimits
    private let admission: ConnectionCensus.Admission
    private let metrics: ServerMetrics
    private var reading = Reading.nothing
    private var closing = Closing.no
    private var isResponding = false
    private var readTimer: Scheduled<Void>?
    private var writeTimer: Scheduled<Void>?

    /// How long a refused or finished connection may still send.
    private static let lingering: TimeAmount = .seconds(1)

    init(limits: ServerLimits, admission: ConnectionCensus.Admission, metrics: ServerMetrics) {
        self.limits = limits
        self.admission = admission
        self.metrics = metrics
    }

    func handlerAdded(context: ChannelHandlerContext) {
        try? context.pipeline.syncOperations.addHandler(ArrivalHandler(self, context), position: .first)
        if case .refused = admission { startReadTimer(Self.lingering, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        readTimer?.cancel()
        writeTimer?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        readTimer?.cancel()
        writeTimer?.cancel()
        context.fireChannelInactive()
    }

    // MARK: Reading

    fileprivate func bytesArrived(_ context: ChannelHandlerContext) {
        guard reading == .nothing, closing == .no else { return }
        reading = .head
        startReadTimer(TimeAmount(limits.headerTimeout), context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head(let head):
            if case .refused(let problem, let detail) = admission {
                return finish(problem, detail, context)
            }
            reading = .body
            let isUpload = head.headerFields[.contentType]?.hasPrefix("text/csv") == true
            startReadTimer(TimeAmount(isUpload ? limits.uploadTimeout : limits.bodyTimeout), context)
        case .body: break
        case .end:
            reading = .nothing
            readTimer?.cancel()
            readTimer = nil
            if closing == .draining { return context.close(promise: nil) }
        }
        if closing != .draining { context.fireChannelRead(data) }
    }

    private func startReadTimer(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        readTimer?.cancel()
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        readTimer = context.eventLoop.scheduleTask(in: time) {
            let (handler, context) = bound.value
            handler.readTimedOut(context)
        }
    }

    private func readTimedOut(_ context: ChannelHandlerContext) {
        metrics.connections.withLock { $0.timedOut += 1 }
        guard !isResponding, closing == .no, reading != .nothing else { return context.close(promise: nil) }
        let what = reading == .head ? "The request's head" : "The request's body"
        finish(.requestTimeout, "\(what) did not come in time.", context)
        context.fireErrorCaught(RequestCutOff())
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, !isResponding, closing == .no else {
            return context.fireErrorCaught(error)
        }
        if error == .headerOverflow {
            let kilobytes = limits.headerSize >> 10
            finish(
                .headersTooLarge,
                "A request has \(limits.headerCount) headers and \(kilobytes) KiB of them at the most.",
                context
            )
        } else {
            finish(.requestMalformed, "The request is not HTTP/1.1.", context)
        }
        // Whoever reads the body must not take it for complete.
        context.fireErrorCaught(error)
    }

    /// Answers with a problem, past whoever handles requests, and ends the connection.
    private func finish(_ problem: TransportProblem, _ detail: String, _ context: ChannelHandlerContext) {
        let answer = ProblemAnswer(problem.problem(detail, requestID: RequestIdentifier.make()))
        var head = answer.head
        head.headerFields[.connection] = "close"
        closing = .draining
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    // MARK: Writing

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard closing != .draining else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational:
            isResponding = true
            if head.headerFields[.connection] == "close" { closing = .afterResponse }
        case .end:
            isResponding = false
            if closing == .afterResponse {
                closing = .draining
                context.writeAndFlush(data, promise: promise)
                return linger(context)
            }
        default: break
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeTimer?.cancel()
        writeTimer = nil
        if !context.channel.isWritable {
            let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
            writeTimer = context.eventLoop.scheduleTask(in: TimeAmount(limits.writeTimeout)) {
                let (handler, context) = bound.value
                handler.metrics.connections.withLock { $0.timedOut += 1 }
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    /// Closes at once where the request was read to its end, else lets the client find the answer first.
    private func linger(_ context: ChannelHandlerContext) {
        if reading == .nothing { return context.close(promise: nil) }
        startReadTimer(Self.lingering, context)
    }
}

/// The rest of a request did not come.
struct RequestCutOff: Error {}

/// Stands first in the pipeline, and tells the guard of bytes before any of them is a request.
private final class ArrivalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connectionGuard: ConnectionGuard
    private let guardContext: ChannelHandlerContext

    init(_ connectionGuard: ConnectionGuard, _ context: ChannelHandlerContext) {
        self.connectionGuard = connectionGuard
        guardContext = context
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connectionGuard.bytesArrived(guardContext)
        context.fireChannelRead(data)
    }
}
