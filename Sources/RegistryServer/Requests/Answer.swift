import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore
import RegistryAPI

/// What a request is answered with.
struct Answer: Sendable {
    var head: HTTPResponse
    let body: ByteBuffer
    /// In place of the body: JSON documents, one a line, until either side ends it.
    var stream: ResponseBody?
    /// Ends once the answer has been sent.
    var turn: LengthyWork.Turn?

    init(_ body: ByteBuffer, type: String, status: Int = 200, requestID: String) {
        self.body = body
        head = HTTPResponse(
            status: .init(code: status),
            headerFields: [.requestID: requestID, .cacheControl: "no-store", .contentType: type]
        )
        head.headerFields[.contentLength] = String(body.readableBytes)
    }

    init(json: Data, status: Int = 200, requestID: String) {
        self.init(ByteBuffer(bytes: json), type: "application/json", status: status, requestID: requestID)
    }

    init(stream: ResponseBody, requestID: String) {
        self.init(ByteBuffer(), type: "application/x-ndjson", requestID: requestID)
        head.headerFields[.contentLength] = nil
        self.stream = stream
    }

    init(_ problem: Problem, allow: [String] = []) {
        // A problem is texts and numbers: it can always be written.
        let encoded = (try? WireJSON.encode(problem)) ?? Data("{}".utf8)
        self.init(
            ByteBuffer(bytes: encoded),
            type: "application/problem+json",
            status: problem.status,
            requestID: problem.requestID
        )
        if !allow.isEmpty { head.headerFields[.allow] = allow.joined(separator: ", ") }
        if problem.status == 429 || problem.status == 503 { head.headerFields[.retryAfter] = "1" }
        if problem.status == 408 || problem.status == 413 { head.headerFields[.connection] = "close" }
    }
}

extension HTTPField.Name {
    static let requestID = valid("X-Request-Id")
    static let idempotencyKey = valid("Idempotency-Key")

    private static func valid(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a header's name") }
        return name
    }
}
