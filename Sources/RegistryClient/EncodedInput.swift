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

    /// - Parameter fileName: what an uploaded file is called; nil where the body is JSON.
    init(_ fields: WireValue, of route: Route, options: CommandOptions, fileName: String? = nil) throws {
        let fields = fields.members.map { ($0.name, WireField($0.value)) }
        try self.init(Dictionary(uniqueKeysWithValues: fields), of: route, options: options, fileName: fileName)
    }

    init(_ input: some Encodable, of route: Route, options: CommandOptions, fileName: String? = nil) throws {
        let fields = try JSONDecoder().decode([String: WireField].self, from: JSONEncoder().encode(input))
        try self.init(fields, of: route, options: options, fileName: fileName)
    }

    private init(
        _ allFields: [String: WireField],
        of route: Route,
        options: CommandOptions,
        fileName: String?
    ) throws {
        var fields = allFields
        let segments = route.path.split(separator: "/").map { segment -> String in
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return String(segment) }
            let value = fields.removeValue(forKey: String(segment.dropFirst().dropLast()))
            return PercentEncoding.segment(value?.parameters.first ?? "")
        }
        var query: [String] = []
        var headers = HTTPHeaders([("X-Request-Id", options.requestID), ("Host", "localhost")])
        isWrite = route.isWrite
        requestID = options.requestID
        if route.isWrite {
            if options.isDryRun { query.append("dryRun=true") }
            query += options.overrides.map { "override=\($0.rawValue)" }.sorted()
            idempotencyKey = options.isDryRun ? nil : options.idempotencyKey ?? Self.newKey()
            if let idempotencyKey { headers.add(name: "Idempotency-Key", value: idempotencyKey) }
            if let fileName {
                body = .none
                // The body is the file.
                query += Self.parameters(fields)
                headers.add(name: "Content-Type", value: "text/csv")
                headers.add(
                    name: "Content-Disposition",
                    value: "attachment; filename*=UTF-8''\(PercentEncoding.segment(fileName))"
                )
            } else {
                body = .json(try JSONEncoder().encode(fields))
                headers.add(name: "Content-Type", value: "application/json")
            }
        } else {
            idempotencyKey = nil
            body = .none
            query += Self.parameters(fields)
        }
        method = HTTPMethod(rawValue: route.method.rawValue)
        target = "/" + segments.joined(separator: "/") + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        self.headers = headers
    }

    private static func parameters(_ fields: [String: WireField]) -> [String] {
        fields.sorted { $0.key < $1.key }.flatMap { name, value in
            value.parameters.map { "\(PercentEncoding.segment(name))=\(PercentEncoding.segment($0))" }
        }
    }

    /// Made before sending, so that a request whose answer was lost can be sent again.
    private static func newKey() -> String {
        "c-" + (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
    }
}

/// A field of an input, whatever it holds.
enum WireField: Codable, Sendable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([WireField])
    case object([String: WireField])

    init(_ value: WireValue) {
        switch value {
        case .null: self = .null
        case .flag(let flag): self = .flag(flag)
        case .number(let text): self = Int64(text).map(WireField.integer) ?? .number(Double(text) ?? 0)
        case .text(let text), .parameter(let text): self = .text(text)
        case .list(let items): self = .list(items.map(WireField.init))
        case .parameters(let texts): self = .list(texts.map(WireField.text))
        case .object(let members):
            self = .object(
                Dictionary(members.map { ($0.name, WireField($0.value)) }) { first, _ in first }
            )
        }
    }

    /// As query parameters: none for null, several for a list.
    var parameters: [String] {
        switch self {
        case .null, .object: []
        case .flag(let flag): [flag ? "true" : "false"]
        case .integer(let number): [String(number)]
        case .number(let number): ["\(number)"]
        case .text(let text): [text]
        case .list(let items): items.flatMap(\.parameters)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let items = try? container.decode([WireField].self) {
            self = .list(items)
        } else {
            self = .object(try container.decode([String: WireField].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let items): try container.encode(items)
        case .object(let fields): try container.encode(fields)
        }
    }
}

enum PercentEncoding {
    /// Everything but unreserved characters (RFC 3986) as `%XX`.
    static func segment(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
