import NIOCore
import NIOHTTP1
import RegistryAPI

/// What a request is answered with.
struct Answer: Sendable {
    var head: HTTPResponseHead
    let body: ByteBuffer
    /// In place of the body: JSON documents, one a line, until either side ends it.
    var stream: (@Sendable (AnswerStream) async throws -> Void)?
    /// Ends once the answer has been sent.
    var turn: LengthyWork.Turn?

    init(_ body: ByteBuffer, type: String, status: Int = 200, requestID: String) {
        self.body = body
        head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: status),
            headers: [
                Self.requestIDName: requestID, "Cache-Control": "no-store", "Content-Type": type,
                "Content-Length": String(body.readableBytes),
            ]
        )
    }

    init(json: [UInt8], status: Int = 200, requestID: String) {
        self.init(ByteBuffer(bytes: json), type: "application/json", status: status, requestID: requestID)
    }

    init(requestID: String, stream: @escaping @Sendable (AnswerStream) async throws -> Void) {
        self.init(ByteBuffer(), type: "application/x-ndjson", requestID: requestID)
        head.headers.remove(name: "Content-Length")
        self.stream = stream
    }

    init(_ problem: Problem, allow: [String] = []) {
        // A problem is texts and numbers: it can always be written.
        let encoded = (try? WireJSON.encode(problem)) ?? Array("{}".utf8)
        self.init(
            ByteBuffer(bytes: encoded),
            type: "application/problem+json",
            status: problem.status,
            requestID: problem.requestID
        )
        if !allow.isEmpty { head.headers.add(name: "Allow", value: allow.joined(separator: ", ")) }
        if problem.status == 429 || problem.status == 503 { head.headers.add(name: "Retry-After", value: "1") }
        if problem.status == 408 || problem.status == 413 { head.headers.add(name: "Connection", value: "close") }
    }

    static let requestIDName = "X-Request-Id"
}

/// Where an answer of many pieces goes.
struct AnswerStream: Sendable {
    let channel: any Channel

    /// Returns once the piece has been sent.
    /// - Throws: what the channel does when it is closed.
    func write(_ piece: ByteBuffer) async throws {
        try await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(piece))).get()
    }
}
