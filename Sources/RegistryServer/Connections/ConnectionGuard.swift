import NIOCore
import NIOHTTP1
import RegistryAPI
import Synchronization

/// Holds one connection to its limits: a slow or broken request gets a problem document, and the connection ends.
///
/// Belongs to its channel's event loop.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Reading {
        /// Between two requests.
        case nothing
        /// Bytes came, and no head yet.
        case head
        case body
    }

    private enum Closing {
        case no
        /// Once the answer that is due, or is being written, has ended.
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
    /// Until when the client may leave what is awaited of it, and what was written for it; nil while nothing is.
    private var readDeadline: NIODeadline?
    private var writeDeadline: NIODeadline?
    /// Looks at the deadlines. They change with every request, and a timer for each change would cost more than it.
    private var watch: Scheduled<Void>?

    /// How late a deadline may be noticed.
    private static let watchInterval: TimeAmount = .milliseconds(500)
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
        if case .refused = admission { wait(for: Self.lingering) } else { wait(for: TimeAmount(limits.idleTimeout)) }
        watchDeadlines(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        gate = nil
        watch?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        watch?.cancel()
        context.fireChannelInactive()
    }

    private func watchDeadlines(_ context: ChannelHandlerContext) {
        watch = context.eventLoop.assumeIsolated().scheduleTask(in: Self.watchInterval) {
            self.checkDeadlines(context)
            if context.channel.isActive { self.watchDeadlines(context) }
        }
    }

    private func checkDeadlines(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        if let writeDeadline, writeDeadline <= now {
            metrics.connections.withLock { $0.timedOut += 1 }
            context.close(promise: nil)
        } else if let readDeadline, readDeadline <= now {
            readTimedOut(context)
        }
    }

    // MARK: Reading

    /// Whether what arrives now is of the request in work, or may begin the next one.
    var takesBytes: Bool { reading != .nothing || !isAnswerDue }

    /// Bytes are let in, before any of them is a request.
    func bytesArrived(_ context: ChannelHandlerContext) {
        guard reading == .nothing, closing != .draining else { return }
        reading = .head
        wait(for: TimeAmount(limits.headerTimeout))
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
                length: head.headers.first(name: "Content-Length").flatMap { Int($0) },
                isChunked: head.headers.contains(name: "Transfer-Encoding")
            )
            if !head.isKeepAlive, closing == .no { closing = .afterResponse }
            wait(for: TimeAmount(limits.bodyTimeout))
        case .body: break
        case .end:
            reading = .nothing
            framing.requestEnded()
            readDeadline = nil
            if closing == .draining { return context.close(promise: nil) }
            if !isAnswerDue { wait(for: TimeAmount(limits.idleTimeout)) }
        }
        if closing != .draining { context.fireChannelRead(data) }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is UploadBegins else { return context.triggerUserOutboundEvent(event, promise: promise) }
        // Bodies may take longer once somebody wants them.
        if reading == .body, closing != .draining { wait(for: TimeAmount(limits.uploadTimeout)) }
        promise?.succeed()
    }

    /// What is awaited of the client has to come within `time`.
    private func wait(for time: TimeAmount) {
        readDeadline = .now() + time
    }

    private func readTimedOut(_ context: ChannelHandlerContext) {
        guard reading != .nothing else { return context.close(promise: nil) }
        metrics.connections.withLock { $0.timedOut += 1 }
        guard !isResponding, closing != .draining else { return context.close(promise: nil) }
        let what = reading == .head ? "The request's header section" : "The request's body"
        finish(.requestTimeout, "\(what) did not arrive in time.", context)
        context.fireErrorCaught(RequestCutOff())
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The client sends nothing more, or the daemon takes nothing more.
        if event as? ChannelEvent == .inputClosed || event is ChannelShouldQuiesceEvent {
            if reading == .nothing, !isAnswerDue {
                context.close(promise: nil)
            } else if closing == .no {
                closing = .afterResponse
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, !isResponding, closing != .draining else {
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
        var answer = Answer(problem.problem(detail, requestID: RequestID.new()))
        answer.head.headers.replaceOrAdd(name: "Connection", value: "close")
        closing = .draining
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil)
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
        case .head(var head) where head.status.code >= 200:
            isResponding = true
            if head.headers.first(name: "Connection") == "close" {
                closing = .afterResponse
            } else if closing == .afterResponse {
                head.headers.replaceOrAdd(name: "Connection", value: "close")
                return context.write(wrapOutboundOut(.head(head)), promise: promise)
            }
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
        if isAnswerUnsent, writeDeadline == nil { watchWriting(context) }
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
            if self.reading == .nothing { self.wait(for: TimeAmount(self.limits.idleTimeout)) }
            self.watchWriting(context)
            self.gate?.open()
        }
        return promise
    }

    /// Gives the client time to read what was written, as long as there is any.
    private func watchWriting(_ context: ChannelHandlerContext) {
        let isUnread = isAnswerUnsent || !context.channel.isWritable
        writeDeadline = isUnread ? .now() + TimeAmount(limits.writeTimeout) : nil
    }

    /// Closes at once where the request was read to its end, else lets the client find the answer first.
    private func linger(_ context: ChannelHandlerContext) {
        if reading == .nothing { return context.close(promise: nil) }
        wait(for: Self.lingering)
    }
}

/// The body of the request in work is a file that its caller may send.
struct UploadBegins: Sendable {}

/// The rest of a request did not come.
struct RequestCutOff: Error {}
