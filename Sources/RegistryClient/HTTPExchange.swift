import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import Registry
import RegistryAPI

/// Requests and answers on the daemon's socket, and what becomes of those that are lost.
struct HTTPExchange: Sendable {
    private let client: HTTPClient
    private let socketPath: String
    private let queue: ConnectionQueue

    /// An answer is a page of a list at most.
    private static let answerLimit = 64 << 20
    /// How long the daemon may take: a large import is minutes.
    private static let timeout: TimeAmount = .hours(1)

    init(socketPath: String, trust: DaemonTrust, queue: ConnectionQueue = ConnectionQueue()) {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(5))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.redirectConfiguration = .disallow
        configuration.http1_1ConnectionDebugInitializer = { trust.check($0) }
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
        self.socketPath = socketPath
        self.queue = queue
    }

    func close() async {
        try? await client.shutdown()
    }

    /// Sends, and sends a second time when the answer was lost: a write bears a key, so it is done once.
    ///
    /// - Returns: the answer's body.
    /// - Throws: `Problem`: the daemon's own, `daemon.unreachable`, `daemon.busy`, or `outcome.unknown` for a write.
    func send(_ input: EncodedInput, body: EncodedInput.Body) async throws -> Data {
        do {
            return try await attempt(input, body)
        } catch let problem as Problem {
            throw problem
        } catch {
            if let unreachable = unreachable(error, input) { throw unreachable }
        }
        do {
            return try await attempt(input, body)
        } catch let problem as Problem {
            throw problem
        } catch {
            guard input.isWrite, input.idempotencyKey != nil else {
                throw unreachable(error, input)
                    ?? TransportProblem.daemonUnreachable.problem(
                        "The daemon on \(socketPath) closed the connection twice without an answer.",
                        requestID: input.requestID
                    )
            }
            throw outcomeUnknown(input)
        }
    }

    /// Sends a request whose answer is a JSON document on each line.
    func stream(_ input: EncodedInput) async throws -> AsyncThrowingStream<Data, any Error> {
        let response: HTTPClientResponse
        do {
            response = try await queue.enter {
                try await client.execute(try request(input, .none), timeout: .hours(24 * 365))
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw unreachable(error, input)
                ?? TransportProblem.daemonUnreachable.problem("The daemon gave no answer.", requestID: input.requestID)
        }
        guard response.status == .ok else { throw try await problem(of: response, input) }
        return AsyncThrowingStream { continuation in
            let task = Task {
                var line = Data()
                do {
                    for try await piece in response.body {
                        for byte in piece.readableBytesView {
                            if byte == UInt8(ascii: "\n") {
                                if !line.isEmpty { continuation.yield(line) }
                                line = Data()
                            } else {
                                line.append(byte)
                            }
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func attempt(_ input: EncodedInput, _ body: EncodedInput.Body) async throws -> Data {
        let response = try await queue.enter {
            try await client.execute(try request(input, body), timeout: Self.timeout)
        }
        guard (200..<300).contains(response.status.code) else { throw try await problem(of: response, input) }
        return Data(try await response.body.collect(upTo: Self.answerLimit).readableBytesView)
    }

    private func request(_ input: EncodedInput, _ body: EncodedInput.Body) throws -> HTTPClientRequest {
        let host = PercentEncoding.segment(socketPath)
        var request = HTTPClientRequest(url: "http+unix://\(host)\(input.target)")
        request.method = input.method
        request.headers = input.headers
        switch body {
        case .none: break
        case .json(let data): request.body = .bytes(ByteBuffer(bytes: data))
        case .file(let file): request.body = .stream(FilePieces(file: file), length: .unknown)
        }
        return request
    }

    private func problem(of response: HTTPClientResponse, _ input: EncodedInput) async throws -> Problem {
        let body = Data(try await response.body.collect(upTo: Self.answerLimit).readableBytesView)
        if let problem = try? JSONDecoder().decode(Problem.self, from: body) { return problem }
        return TransportProblem.answerUnreadable.problem(
            "The program listening on \(socketPath) is not tokend: it answered \(response.status.code) without a problem document.",
            requestID: input.requestID
        )
    }

    /// What was never sent: nobody answers on the socket, or the caller may not connect.
    private func unreachable(_ error: any Error, _ input: EncodedInput) -> Problem? {
        var kind = TransportProblem.daemonUnreachable
        let reason: String
        switch error {
        case let error as IOError:
            switch error.errnoCode {
            case ENOENT: reason = "there is no such socket"
            case ECONNREFUSED: reason = "nothing is listening on it"
            case EACCES, EPERM: reason = "you may not connect to it"
            case ENOTSOCK, EPROTOTYPE, ENOTDIR: reason = "it is not a socket"
            case EAGAIN:
                kind = .daemonBusy
                reason = "too many are waiting for it"
            default: return nil
            }
        case let error as UntrustedDaemon: reason = error.reason
        case let error as HTTPClientError where error == .connectTimeout: reason = "it did not answer in time"
        default: return nil
        }
        return kind.problem(
            "The daemon on \(socketPath) cannot be reached: \(reason).",
            requestID: input.requestID
        )
    }

    private func outcomeUnknown(_ input: EncodedInput) -> Problem {
        let key = input.idempotencyKey ?? ""
        return Problem(
            code: TransportProblem.outcomeUnknown.code,
            title: TransportProblem.outcomeUnknown.title,
            status: TransportProblem.outcomeUnknown.status,
            exitCode: TransportProblem.outcomeUnknown.exitCode,
            detail: "The daemon went away after the request was sent, so it may have been done or not. Send the same "
                + "request again with --idempotency-key \(key): it is done at most once, and the first answer is given.",
            requestID: input.requestID,
            members: [.init("idempotencyKey", .text(key))]
        )
    }
}

/// A file's pieces, read as they are sent; read anew for each attempt.
private struct FilePieces: AsyncSequence, Sendable {
    let file: UploadedFile

    struct AsyncIterator: AsyncIteratorProtocol {
        let file: UploadedFile
        var source: (any ChunkSource)?

        mutating func next() async throws -> ByteBuffer? {
            var source = try source ?? file.open()
            defer { self.source = source }
            return try source.next().map { ByteBuffer(bytes: $0) }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(file: file, source: nil)
    }
}
