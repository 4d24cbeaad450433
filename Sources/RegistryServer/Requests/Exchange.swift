import NIOCore
import NIOHTTP1
import Registry
import RegistryAPI

/// A request that has found its route, on its way to its answer.
struct Exchange: Sendable {
    let head: HTTPRequestHead
    let requestID: String
    let target: RequestTarget
    /// The path's parameters by name.
    let parameters: [WireValue.Member]
    let connection: LocalConnection

    var headers: HTTPHeaders { head.headers }
    /// What the caller's shares are counted by.
    var userID: UInt32 { connection.userID }

    /// The body's length, where the client said it.
    var statedLength: Int? { headers.first(name: "Content-Length").flatMap { Int($0) } }

    /// Tells a client that asks first to send its body, unless that would be refused for its length.
    func goOn(upTo limit: Int) {
        guard headers.first(name: "Expect")?.lowercased() == "100-continue", statedLength ?? 0 <= limit else { return }
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        connection.channel.writeAndFlush(HTTPServerResponsePart.head(head), promise: nil)
    }

    /// The path's parameters and those of the query as fields of a use case; what is given more than once is a list.
    func fields(except left: Set<String> = []) -> WireValue {
        var texts: [(name: String, values: [String])] = []
        for (name, value) in target.query where !left.contains(name) {
            if let place = texts.firstIndex(where: { $0.name == name }) {
                texts[place].values.append(value)
            } else {
                texts.append((name, [value]))
            }
        }
        return .object(
            parameters
                + texts.map { name, values in
                    .init(name: name, value: values.count == 1 ? .parameter(values[0]) : .parameters(values))
                }
        )
    }

    /// Makes sure that a body is of one of the types, and not longer than `limit`, as far as the head says.
    /// - Throws: `RequestProblem`.
    func checkBody(is expected: [String], upTo limit: Int) throws {
        let stated = headers.first(name: "Content-Type")
        let essence = stated?.split(separator: ";").first.map { $0.lowercased().trimmingBlanks }
        let hasBody = statedLength.map { $0 != 0 } ?? headers.contains(name: "Transfer-Encoding")
        guard essence.map(expected.contains) ?? (!hasBody && expected == ["application/json"]) else {
            throw RequestProblem(
                .mediaTypeUnsupported,
                "The operation takes \(expected.joined(separator: ", ")), not \(stated.map { "\(ActivationCode.excerpt(of: $0, 60))" } ?? "no type")."
            )
        }
        if statedLength ?? 0 > limit { throw RequestProblem.bodyTooLarge(limit) }
    }

    /// Makes sure that a body of `count` bytes is all that the head said.
    /// - Throws: `RequestCutOff`.
    func checkComplete(_ count: Int) throws {
        if let statedLength, statedLength != count { throw RequestCutOff() }
    }
}

extension RequestProblem {
    /// - Parameter limit: how many bytes it may have.
    static func bodyTooLarge(_ limit: Int) -> RequestProblem {
        RequestProblem(.bodyTooLarge, "The body may have at most \(limit) bytes.")
    }
}

extension String {
    var trimmingBlanks: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.prefix(start.count - start.reversed().prefix { $0 == " " || $0 == "\t" }.count))
    }
}
