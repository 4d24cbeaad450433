#if PostgreSQL
import RegistrySQL

/// The arguments of a statement as libpq takes them: texts that end in a zero, and blobs as they are.
struct PostgreSQLArguments {
    private var bytes: [UInt8] = []
    /// Where each begins; nil for null.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// - Throws: `PostgreSQLError` for a text with a zero in it, which PostgreSQL cannot keep.
    init(_ arguments: [SQLValue]) throws(PostgreSQLError) {
        for argument in arguments {
            switch argument {
            case .null: append(nil, format: 0)
            case .integer(let number): append(Array(String(number).utf8), format: 0)
            case .text(let text):
                guard !text.utf8.contains(0) else {
                    throw PostgreSQLError(code: PostgreSQLError.unfitText, message: "a text contains a zero byte")
                }
                append(Array(text.utf8), format: 0)
            case .blob(let blob): append(blob, format: 1)
            }
        }
    }

    private mutating func append(_ value: [UInt8]?, format: Int32) {
        starts.append(value.map { _ in bytes.count })
        lengths.append(Int32(value?.count ?? 0))
        formats.append(format)
        guard let value else { return }
        bytes += value
        bytes.append(0)
    }

    /// Calls `body` with the values, their lengths and their formats.
    func withPointers<Answer>(_ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Answer) -> Answer {
        bytes.withUnsafeBytes { buffer in
            let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(starts.map { start in start.flatMap { base?.advanced(by: $0) } }, lengths, formats)
        }
    }
}
#endif
