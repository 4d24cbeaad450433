import HTTPTypes
import HummingbirdCore
import NIOCore
import Registry
import RegistryAPI

/// Reads a request's body within its bounds.
struct BodyReader {
    private let request: Request
    private let user: UInt32
    private let limit: Int

    /// - Parameter limit: how long the body may be, in bytes.
    init(_ exchange: Exchange, upTo limit: Int) {
        self.init(exchange.request, of: exchange.userID, upTo: limit)
    }

    init(_ request: Request, of user: UInt32, upTo limit: Int) {
        self.request = request
        self.user = user
        self.limit = limit
    }

    /// A JSON object; an empty body is an empty object.
    /// - Parameter taken: what was taken of `memory` for it, to be given back, whatever this throws.
    /// - Throws: `RequestProblem`, `JSONFault`, `InputFault`.
    func json(in memory: BodyMemory, _ taken: inout Int) async throws -> [WireValue.Member] {
        try check(["application/json"])
        var collected = ByteBuffer()
        for try await piece in request.body {
            try checkLength(collected.readableBytes + piece.readableBytes)
            let more = collected.readableBytes + piece.readableBytes - BodyMemory.freeSize - taken
            if more > 0 {
                try memory.take(more, of: user)
                taken += more
            }
            collected.writeImmutableBuffer(piece)
        }
        try checkComplete(collected.readableBytes)
        guard collected.readableBytes > 0 else { return [] }
        guard case .object(let members) = try JSONScanner.scan(collected.readableBytesView) else {
            throw InputFault(field: "", reason: "the body is an object")
        }
        return members
    }

    /// A file, kept outside memory until the request has ended.
    /// - Parameter mediaTypes: those that the operation takes.
    /// - Throws: `RequestProblem`, `Refusal` when the disk does not take it.
    func file(of mediaTypes: [String], in spool: UploadSpool) async throws -> UploadedFile {
        try check(mediaTypes)
        let file = try spool.file(for: user)
        for try await piece in request.body {
            try checkLength(file.count + piece.readableBytes)
            try file.append(piece)
        }
        try checkComplete(file.count)
        return file.uploadedFile(named: Self.fileName(request.headers) ?? "upload.csv")
    }

    private var statedLength: Int? { request.headers[.contentLength].flatMap { Int($0) } }

    /// What the head says of the body.
    private func check(_ expected: [String]) throws {
        let stated = request.headers[.contentType]
        let essence = stated?.split(separator: ";").first.map { $0.lowercased().trimmingBlanks }
        let hasBody =
            request.headers[.contentLength].map { $0 != "0" } ?? (request.headers[.transferEncoding] != nil)
        let isExpected = essence.map(expected.contains) ?? (!hasBody && expected == ["application/json"])
        guard isExpected else {
            throw RequestProblem(
                .mediaTypeUnsupported,
                "The operation takes \(expected.joined(separator: ", ")), not \(stated.map { "\(ActivationCode.excerpt(of: $0, 60))" } ?? "no type")."
            )
        }
        try checkLength(statedLength ?? 0)
    }

    private func checkLength(_ length: Int) throws {
        guard length <= limit else { throw RequestProblem(.bodyTooLarge, "The body may have at most \(limit) bytes.") }
    }

    private func checkComplete(_ count: Int) throws {
        guard statedLength ?? count == count else { throw RequestCutOff() }
    }

    /// `Content-Disposition: attachment; filename*=UTF-8''tokens%202026.csv`
    private static func fileName(_ headers: HTTPFields) -> String? {
        guard let disposition = headers[.contentDisposition] else { return nil }
        for part in disposition.split(separator: ";").map({ String($0).trimmingBlanks }) {
            if part.hasPrefix("filename*=UTF-8''") { return decoded(part.dropFirst(17)) }
            if part.hasPrefix("filename=\""), part.hasSuffix("\"") { return decoded(part.dropFirst(10).dropLast()) }
        }
        return nil
    }

    private static func decoded(_ text: Substring) -> String? {
        guard let target = try? RequestTarget("/" + text), target.segments.count == 1 else { return nil }
        let name = target.segments[0]
        let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        return (1...255).contains(name.utf8.count) && isPlain ? name : nil
    }
}

extension String {
    var trimmingBlanks: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.prefix(start.count - start.reversed().prefix { $0 == " " || $0 == "\t" }.count))
    }
}
