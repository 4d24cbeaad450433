import HTTPTypes
import HummingbirdCore
import NIOCore
import Registry
import RegistryAPI

/// Reads a request's body within its bounds.
struct BodyReader {
    let limits: ServerLimits

    /// A JSON object; an empty body is an empty object.
    /// - Parameters:
    ///   - limit: how long it may be, in bytes.
    ///   - share: counts what the body takes.
    /// - Throws: `RequestProblem`, `JSONFault`, `InputFault`.
    func json(_ request: Request, upTo limit: Int, in share: BodyMemory.Share) async throws -> [WireValue.Member] {
        try checkType(request.headers, "application/json")
        try checkLength(request.headers, limit)
        var collected = ByteBuffer()
        for try await piece in request.body {
            guard collected.readableBytes + piece.readableBytes <= limit else { throw tooLarge(limit) }
            try share.grow(to: collected.readableBytes + piece.readableBytes)
            collected.writeImmutableBuffer(piece)
        }
        try checkComplete(request.headers, collected.readableBytes)
        guard collected.readableBytes > 0 else { return [] }
        guard case .object(let members) = try JSONScanner.scan(collected.readableBytesView) else {
            throw InputFault(field: "", reason: "the body is an object")
        }
        return members
    }

    /// A file, kept outside memory until the request has ended.
    /// - Throws: `RequestProblem`, `Refusal` when the disk does not take it.
    func file(_ request: Request, in spool: UploadSpool, of user: UInt32) async throws -> UploadedFile {
        try checkType(request.headers, "text/csv")
        try checkLength(request.headers, limits.uploadSize)
        let file = try spool.file(for: user)
        for try await piece in request.body {
            guard file.count + piece.readableBytes <= limits.uploadSize else { throw tooLarge(limits.uploadSize) }
            try file.append(piece)
        }
        try checkComplete(request.headers, file.count)
        return file.uploadedFile(named: Self.fileName(request.headers) ?? "upload.csv")
    }

    private func checkType(_ headers: HTTPFields, _ expected: String) throws {
        let stated = headers[.contentType]
        let essence = stated?.split(separator: ";").first.map { $0.lowercased().trimmingBlanks }
        let hasBody = headers[.contentLength].map { $0 != "0" } ?? (headers[.transferEncoding] != nil)
        if essence == expected || (essence == nil && !hasBody && expected == "application/json") { return }
        throw RequestProblem(
            .mediaTypeUnsupported,
            "The operation takes \(expected), not \(stated.map { "\(ActivationCode.excerpt(of: $0, 60))" } ?? "no type")."
        )
    }

    private func checkLength(_ headers: HTTPFields, _ limit: Int) throws {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge(limit) }
    }

    private func checkComplete(_ headers: HTTPFields, _ count: Int) throws {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length != count { throw RequestCutOff() }
    }

    private func tooLarge(_ limit: Int) -> RequestProblem {
        RequestProblem(.bodyTooLarge, "The body may have at most \(limit) bytes.")
    }

    /// `Content-Disposition: attachment; filename*=UTF-8''tokens%202026.csv`
    static func fileName(_ headers: HTTPFields) -> String? {
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
