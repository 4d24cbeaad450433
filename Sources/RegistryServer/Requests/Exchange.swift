import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes
import RegistryAPI

/// A request that has found its route, on its way to its answer.
struct Exchange: Sendable {
    let request: Request
    let requestID: String
    let target: RequestTarget
    /// The path's parameters by name.
    let parameters: [WireValue.Member]
    let connection: LocalConnection

    var headers: HTTPFields { request.headers }
    /// What the caller's shares are counted by.
    var userID: UInt32 { connection.userID }

    /// The body's length, where the client said it.
    var statedLength: Int? { headers[.contentLength].flatMap { Int($0) } }

    /// Tells a client that asks first to send its body, unless that would be refused for its length.
    func goOn(upTo limit: Int) {
        guard headers[.expect]?.lowercased() == "100-continue", statedLength ?? 0 <= limit else { return }
        connection.channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
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
}
