import NIOCore
import NIOHTTP1
import RegistryAPI

/// Takes a connection's requests, one at a time, and writes their answers.
///
/// Belongs to its channel's event loop, and never waits on it: a short read is answered at once, a write when its
/// transaction is durable, and what takes long by threads of its own.
final class RequestHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Stage {
        /// No request is being read.
        case idle
        /// What is still to come of the request is not wanted.
        case ignoring
        /// Answered once it has come to its end.
        case reading(RouteTable.Handler, Exchange)
        case body(JSONBody, Endpoint, Exchange)
        case upload(UploadBody)
    }

    private let dispatcher: RequestDispatcher
    private let connection: LocalConnection
    private var stage = Stage.idle
    /// Of the request that has no answer yet.
    private var record: RequestRecord?
    private var isHead = false
    private var isReadHeld = false

    init(_ dispatcher: RequestDispatcher, _ connection: LocalConnection) {
        self.dispatcher = dispatcher
        self.connection = connection
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let piece): take(piece, context)
        case .end: end(context)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var record = RequestRecord(requestID: "", meter: dispatcher.metrics.unrouted)
        isHead = head.method == .HEAD
        do {
            let (exchange, handler) = try dispatcher.route(head, connection, &record)
            self.record = record
            stage = try stage(of: handler, exchange, context)
        } catch {
            if record.requestID.isEmpty { record.requestID = RequestID.new() }
            self.record = record
            stage = .ignoring
            answer(dispatcher.problem(of: error, record), context)
        }
    }

    /// How the request's body is read.
    private func stage(
        of handler: RouteTable.Handler,
        _ exchange: Exchange,
        _ context: ChannelHandlerContext
    ) throws -> Stage {
        guard case .operation(let endpoint) = handler else { return .reading(handler, exchange) }
        if endpoint.takesFile { return .upload(try upload(endpoint, exchange, context)) }
        guard endpoint.route.hasBody else { return .reading(handler, exchange) }
        return .body(try dispatcher.operations.body(of: endpoint, exchange), endpoint, exchange)
    }

    private func upload(
        _ endpoint: Endpoint,
        _ exchange: Exchange,
        _ context: ChannelHandlerContext
    ) throws -> UploadBody {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        return try dispatcher.operations.upload(endpoint, exchange) { [self] in
            releaseRead(bound.value)
        } completion: { [answering = answering(context)] in
            answering($0)
        }
    }

    private func take(_ piece: ByteBuffer, _ context: ChannelHandlerContext) {
        switch stage {
        case .body(var body, let endpoint, let exchange):
            // There is one copy of what has come.
            stage = .ignoring
            do {
                try body.append(piece)
                stage = .body(body, endpoint, exchange)
            } catch {
                answer(error, context)
            }
        case .upload(let upload): upload.append(piece)
        case .idle, .ignoring, .reading: break
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        let ended = stage
        stage = .idle
        switch ended {
        case .reading(.service(let route), let exchange):
            dispatcher.answer(exchange, route, completion: answering(context))
        case .reading(.web, let exchange):
            dispatcher.web.answer(exchange, completion: answering(context))
        case .reading(.operation(let endpoint), let exchange):
            dispatcher.operations.answer(exchange, endpoint, nil, completion: answering(context))
        case .body(let body, let endpoint, let exchange):
            dispatcher.operations.answer(exchange, endpoint, body, completion: answering(context))
        case .upload(let upload):
            stage = .upload(upload)
            upload.complete()
        case .idle, .ignoring: break
        }
    }

    /// Reads no more of the client's file than can be written.
    func read(context: ChannelHandlerContext) {
        if case .upload(let upload) = stage, !upload.takesMore { isReadHeld = true } else { context.read() }
    }

    private func releaseRead(_ context: ChannelHandlerContext) {
        guard isReadHeld else { return }
        isReadHeld = false
        read(context: context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        drop()
        if !(error is HTTPParserError), !(error is RequestCutOff) { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        drop()
        context.fireChannelInactive()
    }

    /// The request does not come to its end.
    private func drop() {
        if case .upload(let upload) = stage { upload.abandon() }
        stage = .ignoring
        record = nil
    }

    // MARK: Answering

    /// Takes an answer from whichever thread has it.
    private func answering(_ context: ChannelHandlerContext) -> @Sendable (Result<Answer, any Error>) -> Void {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        return { [loop = context.eventLoop] result in
            if loop.inEventLoop {
                bound.value.handler.answer(result, bound.value.context)
            } else {
                loop.execute { bound.value.handler.answer(result, bound.value.context) }
            }
        }
    }

    private func answer(_ result: Result<Answer, any Error>, _ context: ChannelHandlerContext) {
        switch result {
        case .success(let answer): self.answer(answer, context)
        case .failure(let error): answer(error, context)
        }
    }

    private func answer(_ error: any Error, _ context: ChannelHandlerContext) {
        guard let record else { return }
        answer(dispatcher.problem(of: error, record), context)
    }

    private func answer(_ answer: Answer, _ context: ChannelHandlerContext) {
        guard let record else {
            answer.turn?.end()
            return
        }
        self.record = nil
        if case .upload(let upload) = stage {
            upload.abandon()
            stage = .ignoring
            releaseRead(context)
        }
        var head = answer.head
        head.headers.add(name: "Date", value: dispatcher.dates.now)
        dispatcher.ended(record, status: Int(head.status.code), on: connection)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let stream = answer.stream, !isHead {
            context.flush()
            return send(stream)
        }
        if !isHead, answer.body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(answer.body))), promise: nil)
        }
        var sent: EventLoopPromise<Void>?
        if let turn = answer.turn {
            let promise = context.eventLoop.makePromise(of: Void.self)
            promise.futureResult.whenComplete { _ in turn.end() }
            sent = promise
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }

    private func send(_ stream: @escaping @Sendable (AnswerStream) async throws -> Void) {
        let channel = connection.channel
        Task {
            do {
                try await stream(AnswerStream(channel: channel))
                channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
            } catch {
                channel.close(promise: nil)
            }
        }
    }
}
