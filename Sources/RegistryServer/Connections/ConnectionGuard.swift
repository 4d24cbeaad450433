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
    /// From a request's head until its answer has been sent.
    private var isAnswerDue = false
    /// The answer was written to its end, and has not been sent.
    private var isAnswerUnsent = false
    private var gate: RequestGate?
    /// Where the request ends that is being read.
    var framing = RequestFraming()
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
        let gate = RequestGate(self, context)
        self.gate = gate
        try? context.pipeline.syncOperations.addHandler(gate, position: .first)
        if case .refused = admission { startReadTimer(Self.lingering, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        gate = nil
        readTimer?.cancel()
        writeTimer?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        readTimer?.cancel()
        writeTimer?.cancel()
        context.fireChannelInactive()
    }

    // MARK: Reading

    /// Whether what arrives now is of the request in work, or may begin the next one.
    var takesBytes: Bool { reading != .nothing || !isAnswerDue }

    /// Bytes are let in, before any of them is a request.
    func bytesArrived(_ context: ChannelHandlerContext) {
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
            isAnswerDue = true
            framing.headEnded(
                length: head.headerFields[.contentLength].flatMap { Int($0) },
                isChunked: head.headerFields[.transferEncoding] != nil
            )
            startReadTimer(TimeAmount(limits.bodyTimeout), context)
        case .body: break
        case .end:
            reading = .nothing
            framing.requestEnded()
            readTimer?.cancel()
            readTimer = nil
            if closing == .draining { return context.close(promise: nil) }
        }
        if closing != .draining { context.fireChannelRead(data) }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is UploadBegins else { return context.triggerUserOutboundEvent(event, promise: promise) }
        // Bodies may take longer once somebody wants them.
        if reading == .body, closing == .no { startReadTimer(TimeAmount(limits.uploadTimeout), context) }
        promise?.succeed()
    }

    private func startReadTimer(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        readTimer?.cancel()
        readTimer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.readTimedOut(context) }
    }

    private func readTimedOut(_ context: ChannelHandlerContext) {
        metrics.connections.withLock { $0.timedOut += 1 }
        guard !isResponding, closing == .no, reading != .nothing else { return context.close(promise: nil) }
        let what = reading == .head ? "The request's header section" : "The request's body"
        finish(.requestTimeout, "\(what) did not arrive in time.", context)
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
                "A request may have at most \(limits.headerCount) headers, \(kilobytes) KiB in all.",
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
        var answer = Answer(problem.problem(detail, requestID: RequestOptions.newRequestID()))
        answer.head.headerFields[.connection] = "close"
        closing = .draining
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
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
            let promise = tellingWhenSent(promise, context)
            if closing == .afterResponse {
                closing = .draining
                context.writeAndFlush(data, promise: promise)
                return linger(context)
            }
            return context.write(data, promise: promise)
        default: break
        }
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        if isAnswerUnsent, writeTimer == nil { watchWriting(context) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        watchWriting(context)
        context.fireChannelWritabilityChanged()
    }

    private func tellingWhenSent(
        _ promise: EventLoopPromise<Void>?,
        _ context: ChannelHandlerContext
    ) -> EventLoopPromise<Void> {
        let promise = promise ?? context.eventLoop.makePromise()
        isAnswerUnsent = true
        promise.futureResult.assumeIsolated().whenSuccess {
            self.isAnswerUnsent = false
            self.isAnswerDue = false
            self.watchWriting(context)
            self.gate?.open()
        }
        return promise
    }

    /// Gives the client time to read what was written, as long as there is any.
    private func watchWriting(_ context: ChannelHandlerContext) {
        writeTimer?.cancel()
        writeTimer = nil
        if isAnswerUnsent || !context.channel.isWritable {
            writeTimer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.writeTimeout)) {
                self.metrics.connections.withLock { $0.timedOut += 1 }
                context.close(promise: nil)
            }
        }
    }

    /// Closes at once where the request was read to its end, else lets the client find the answer first.
    private func linger(_ context: ChannelHandlerContext) {
        if reading == .nothing { return context.close(promise: nil) }
        startReadTimer(Self.lingering, context)
    }
}

/// The body of the request in work is a file that its caller may send.
struct UploadBegins: Sendable {}

/// The rest of a request did not come.
struct RequestCutOff: Error {}
