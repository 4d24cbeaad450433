import FoundationEssentials
import HTTPTypes
import NIOCore
import RegistryAPI

/// A problem document on its way out.
struct ProblemAnswer {
    let head: HTTPResponse
    let body: ByteBuffer

    init(_ problem: Problem, allow: [String] = []) {
        // A problem is texts and numbers: it can always be written.
        let encoded = (try? WireJSON.encode(problem)) ?? Data("{}".utf8)
        body = ByteBuffer(bytes: encoded)
        var headers = HTTPFields()
        headers[.contentType] = "application/problem+json"
        headers[.contentLength] = String(encoded.count)
        headers[.cacheControl] = "no-store"
        headers[.requestID] = problem.requestID
        if !allow.isEmpty { headers[.allow] = allow.joined(separator: ", ") }
        if problem.status == 429 || problem.status == 503 { headers[.retryAfter] = "1" }
        if problem.status == 408 || problem.status == 413 { headers[.connection] = "close" }
        head = HTTPResponse(status: HTTPResponse.Status(code: problem.status), headerFields: headers)
    }
}

extension HTTPField.Name {
    static let requestID = valid("X-Request-Id")
    static let idempotencyKey = valid("Idempotency-Key")

    private static func valid(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header") }
        return name
    }
}
