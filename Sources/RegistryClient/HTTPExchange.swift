import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import Registry
import RegistryAPI

/// Requests to the daemon, each on a connection of its own, and what becomes of those whose answer is lost.
struct HTTPExchange: Sendable {
    private let socketPath: String
    private let trust: DaemonTrust
    private let queue: ConnectionQueue

    /// An answer is a page of a list at most.
    private static let answerLimit = 64 << 20
    /// How long the daemon may take: a large import is minutes.
    private static let patience = Duration.seconds(3_600)

    /// What became of a request that was not answered.
    private enum Loss: Error {
        case neverSent(Problem)
        case unanswered
    }

    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    init(socketPath: String, trust: DaemonTrust, queue: ConnectionQueue = ConnectionQueue()) {
        self.socketPath = socketPath
        self.trust = trust
        self.queue = queue
    }

    /// Sends, and sends a second time when the answer was lost: a write bears a key, so it is done once.
    ///
    /// - Returns: the answer's body.
    /// - Throws: `Problem`: the daemon's own, `daemon.unreachable`, `daemon.busy`, or `outcome.unknown` for a write; and
    ///   what the reading of an uploaded file throws.
    func send(_ input: EncodedInput, body: EncodedInput.Body) async throws -> Data {
        do {
            return try await attempt(input, body, within: Self.patience)
        } catch Loss.neverSent(let problem) {
            throw problem
        } catch Loss.unanswered {
            do {
                return try await attempt(input, body, within: Self.patience)
            } catch let loss as Loss {
                if let key = input.idempotencyKey { throw outcomeUnknown(input, key) }
                if case .neverSent(let problem) = loss { throw problem }
                throw wentAway(input, "closed the connection twice without an answer.")
            }
        }
    }

    /// Sends a request whose answer is a JSON document on each line, and gives each of them as it comes.
    /// - Throws: `Problem`, and what `onLine` throws.
    func stream(_ input: EncodedInput, onLine: @escaping @Sendable (Data) throws -> Void) async throws {
        do {
            _ = try await attempt(input, .none, within: nil, onLine: onLine)
        } catch Loss.neverSent(let problem) {
            throw problem
        } catch Loss.unanswered {
            throw wentAway(input, "closed the connection.")
        }
    }

    // MARK: A connection

    private func attempt(
        _ input: EncodedInput,
        _ body: EncodedInput.Body,
        within patience: Duration?,
        onLine: (@Sendable (Data) throws -> Void)? = nil
    ) async throws -> Data {
        let connection = try await connect(input)
        return try await connection.executeThenClose { answer, request in
            if let objection = await trust.objection(to: connection.channel) {
                throw unreachable(objection, input)
            }
            return try await withThrowingTaskGroup(of: Data?.self) { group in
                group.addTask {
                    try await Self.send(input, body, to: request)
                    return nil
                }
                group.addTask { try await receive(answer, of: input, onLine) }
                if let patience {
                    group.addTask {
                        try await Task.sleep(for: patience)
                        throw Loss.unanswered
                    }
                }
                defer { group.cancelAll() }
                // The daemon may answer before it was sent all of a body.
                for try await answer in group { if let answer { return answer } }
                throw Loss.unanswered
            }
        }
    }

    private func connect(_ input: EncodedInput) async throws -> Connection {
        do {
            return try await queue.enter {
                try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                    .connectTimeout(.seconds(5))
                    .connect(unixDomainSocketPath: socketPath) { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHTTPClientHandlers()
                            return try Connection(wrappingChannelSynchronously: channel)
                        }
                    }
            }
        } catch ChannelError.connectTimeout {
            throw unreachable("it did not answer in time", input)
        } catch is SocketAddressError {
            throw unreachable("its path is too long for a socket", input)
        } catch let error as IOError {
            switch error.errnoCode {
            case ENOENT: throw unreachable("there is no such socket", input)
            case ECONNREFUSED: throw unreachable("nothing is listening on it", input)
            case EACCES, EPERM: throw unreachable("you may not connect to it", input)
            case ENOTSOCK, EPROTOTYPE, ENOTDIR: throw unreachable("it is not a socket", input)
            case EAGAIN: throw unreachable("too many are waiting for it", input, .daemonBusy)
            default: throw Loss.unanswered
            }
        }
    }

    /// - Throws: what the reading of a file throws. That the daemon takes no more is told by its answer, or by its end.
    private static func send(
        _ input: EncodedInput,
        _ body: EncodedInput.Body,
        to request: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    ) async throws {
        var head = HTTPRequestHead(version: .http1_1, method: input.method, uri: input.target, headers: input.headers)
        var source: (any ChunkSource)?
        var bytes = Data()
        switch body {
        case .none: break
        case .json(let data): bytes = data
        case .file(let file): source = try file.open()
        }
        if source != nil {
            head.headers.add(name: "Transfer-Encoding", value: "chunked")
        } else if input.method != .GET {
            head.headers.add(name: "Content-Length", value: String(bytes.count))
        }
        guard (try? await request.write(.head(head))) != nil else { return }
        if !bytes.isEmpty { try? await request.write(.body(.byteBuffer(ByteBuffer(bytes: bytes)))) }
        while let chunk = try source?.next() {
            guard (try? await request.write(.body(.byteBuffer(ByteBuffer(bytes: chunk))))) != nil else { return }
        }
        try? await request.write(.end(nil))
    }

    /// - Returns: the body, or what remained of it after the last line.
    private func receive(
        _ answer: NIOAsyncChannelInboundStream<HTTPClientResponsePart>,
        of input: EncodedInput,
        _ onLine: (@Sendable (Data) throws -> Void)?
    ) async throws -> Data {
        var iterator = answer.makeAsyncIterator()
        var status = HTTPResponseStatus.internalServerError
        var body = ByteBuffer()
        while let part = try? await iterator.next() {
            switch part {
            case .head(let head): status = head.status
            case .body(var piece):
                body.writeBuffer(&piece)
                guard body.readableBytes <= Self.answerLimit else { throw unreadable(status, input) }
                guard let onLine, status == .ok else { continue }
                while let end = body.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = body.readSlice(length: end + 1 - body.readerIndex) ?? ByteBuffer()
                    if line.readableBytes > 1 { try onLine(Data(line.readableBytesView.dropLast())) }
                }
                body.discardReadBytes()
            case .end:
                let bytes = Data(body.readableBytesView)
                if (200..<300).contains(status.code) { return bytes }
                throw (try? JSONDecoder().decode(Problem.self, from: bytes)) ?? unreadable(status, input)
            }
        }
        throw Loss.unanswered
    }

    // MARK: Problems

    private func unreadable(_ status: HTTPResponseStatus, _ input: EncodedInput) -> Problem {
        TransportProblem.answerUnreadable.problem(
            "The program listening on \(socketPath) is not tokend: it answered \(status.code) without a problem document.",
            requestID: input.requestID
        )
    }

    /// Nobody answers on the socket, or the caller may not connect.
    private func unreachable(_ reason: String, _ input: EncodedInput, _ kind: TransportProblem = .daemonUnreachable)
        -> Loss
    {
        .neverSent(
            kind.problem("The daemon on \(socketPath) cannot be reached: \(reason).", requestID: input.requestID)
        )
    }

    private func wentAway(_ input: EncodedInput, _ detail: String) -> Problem {
        TransportProblem.daemonUnreachable.problem("The daemon on \(socketPath) \(detail)", requestID: input.requestID)
    }

    private func outcomeUnknown(_ input: EncodedInput, _ key: String) -> Problem {
        TransportProblem.outcomeUnknown.problem(
            "The daemon went away after the request was sent, so it may have been done or not. Send the same "
                + "request again with --idempotency-key \(key): it is done at most once, and the first answer is given.",
            requestID: input.requestID,
            members: ["idempotencyKey": key]
        )
    }
}
