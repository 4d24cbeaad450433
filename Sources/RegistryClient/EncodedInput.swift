import FoundationEssentials
import NIOHTTP1
import Registry
import RegistryAPI

/// An operation's input as a request: in the path, the query, the headers and the body.
struct EncodedInput: Sendable {
    enum Body: Sendable {
        case none
        case json(Data)
        case file(UploadedFile)
    }

    let method: HTTPMethod
    /// With the query.
    let target: String
    let headers: HTTPHeaders
    let body: Body
    let isWrite: Bool
    let requestID: String
    /// Nil for what writes nothing.
    let idempotencyKey: String?

    /// - Parameters:
    ///   - fileName: what an uploaded file is called; nil where the body is JSON.
    ///   - mediaType: the file's.
    init(
        _ input: WireValue,
        of route: Route,
        options: CommandOptions,
        fileName: String? = nil,
        mediaType: String = "text/csv"
    ) {
        var fields = input.members
        let segments = route.path.split(separator: "/").map { segment -> String in
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return String(segment) }
            let name = segment.dropFirst().dropLast()
            let value = fields.first { $0.name == name }?.value
            fields.removeAll { $0.name == name }
            return PercentEncoding.segment(value?.parameters.first ?? "")
        }
        var query: [String] = []
        var headers = HTTPHeaders([("X-Request-Id", options.requestID), ("Host", "localhost")])
        isWrite = route.isWrite
        requestID = options.requestID
        idempotencyKey = route.isWrite && !options.isDryRun ? options.idempotencyKey ?? Self.newKey() : nil
        if route.isWrite {
            if options.isDryRun { query.append("dryRun=true") }
            query += options.overrides.map { "override=\($0.rawValue)" }.sorted()
            if let idempotencyKey { headers.add(name: "Idempotency-Key", value: idempotencyKey) }
        }
        if route.hasBody {
            if let fileName {
                body = .none
                // The body is the file.
                query += Self.parameters(fields)
                headers.add(name: "Content-Type", value: mediaType)
                headers.add(
                    name: "Content-Disposition",
                    value: "attachment; filename*=UTF-8''\(PercentEncoding.segment(fileName))"
                )
            } else {
                body = .json(Data(WireValue.object(fields).serialized.utf8))
                headers.add(name: "Content-Type", value: "application/json")
            }
        } else {
            body = .none
            query += Self.parameters(fields)
        }
        method = HTTPMethod(rawValue: route.method.rawValue)
        target = "/" + segments.joined(separator: "/") + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        self.headers = headers
    }

    /// A question to the daemon itself.
    init(_ route: ServiceRoute, requestID: String) {
        method = HTTPMethod(rawValue: route.method.rawValue)
        target = route.path
        headers = HTTPHeaders([("X-Request-Id", requestID), ("Host", "localhost")])
        body = .none
        isWrite = false
        self.requestID = requestID
        idempotencyKey = nil
    }

    private static func parameters(_ fields: [WireValue.Member]) -> [String] {
        fields.flatMap { field in
            field.value.parameters.map { "\(PercentEncoding.segment(field.name))=\(PercentEncoding.segment($0))" }
        }
    }

    /// Made before sending, so that a request whose answer was lost can be sent again.
    private static func newKey() -> String {
        "c-" + (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
    }
}

extension WireValue {
    /// As query parameters: none for null, several for a list.
    fileprivate var parameters: [String] {
        switch self {
        case .null, .object: []
        case .flag(let flag): [flag ? "true" : "false"]
        case .number(let text), .text(let text), .parameter(let text): [text]
        case .list(let items): items.flatMap(\.parameters)
        case .parameters(let texts): texts
        }
    }
}
