/// What the objects of a request hold, and which of it the input asked for.
///
/// Lives for one decoding, on one task.
final class WireAudit {
    private var held: [String: [String]] = [:]
    private var asked: [String: Set<String>] = [:]

    /// An object at `path` was opened.
    func open(_ path: [any CodingKey], _ members: [WireValue.Member]) {
        held[Self.text(path)] = members.map(\.name)
    }

    func asked(_ name: String, at path: [any CodingKey]) {
        asked[Self.text(path), default: []].insert(name)
    }

    /// - Throws: `InputFault` for a member that nothing asked for.
    func check() throws {
        for (path, names) in held.sorted(by: { $0.key < $1.key }) {
            guard let unknown = names.first(where: { asked[path]?.contains($0) != true }) else { continue }
            throw InputFault(field: path.isEmpty ? unknown : "\(path).\(unknown)", reason: "unknown field")
        }
    }

    static func text(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "" }
        return path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().trimmingPrefix(".")
            .description
    }
}

/// An input that can be read as JSON and is not what the operation takes.
public struct InputFault: Error, Hashable {
    /// Such as `rows[2].user`; empty for the whole input.
    public let field: String
    /// What is wrong, as the end of a sentence.
    public let reason: String

    /// A fault of the field at this path.
    public init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }

    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(field: WireAudit.text(context.codingPath + [key]), reason: context.debugDescription)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self.init(field: WireAudit.text(context.codingPath), reason: context.debugDescription)
        @unknown default:
            self.init(field: "", reason: "it is unreadable")
        }
    }
}
