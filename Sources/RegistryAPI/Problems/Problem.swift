public import Registry

/// A problem document (RFC 9457): how every error leaves the registry. A code that was typed into a wrong place is masked
/// in it.
public struct Problem: Error, Sendable {
    /// `urn:tokenctl:problem:` and the code.
    public let type: String
    /// A short text that is the same for every problem of this code.
    public let title: String
    /// The HTTP status.
    public let status: Int
    /// What was tried, why it failed, and what can be done, for a person.
    public let detail: String
    /// Stable; a refusal's code, or one of the transport's own.
    public let code: String
    /// The rule that refused, such as `R29`; nil where none did.
    public let rule: String?
    /// The next command to run; the command line fills it in.
    public var hint: String?
    /// Identifies the request in the ledger and in the logs.
    public let requestID: String
    /// What `tokenctl` ends with.
    public let exitCode: Int32
    /// The refusal's facts, as further members.
    public let members: [Refusal.Fact]
    /// Every bad row of a file or batch.
    public let problems: [InputProblem]

    /// A problem whose detail, members and rows have their codes masked.
    public init(
        code: String,
        title: String,
        status: Int,
        exitCode: Int32,
        detail: String,
        rule: String? = nil,
        requestID: String,
        members: Refusal.Facts = [:],
        problems: [InputProblem] = []
    ) {
        type = "urn:tokenctl:problem:\(code)"
        self.title = title
        self.status = status
        self.detail = ActivationCode.masking(detail)
        self.code = code
        self.rule = rule
        self.requestID = requestID
        self.exitCode = exitCode
        self.members = members.list.filter { $0.name != "subject" }.map { .init($0.name, $0.value.masked) }
        self.problems = problems.map(\.masked)
    }

    /// The problem document of a refusal.
    public init(_ refusal: Refusal, requestID: String) {
        let disposition = Disposition.of(refusal.code)
        self.init(
            code: refusal.code.rawValue,
            title: disposition.title,
            status: disposition.status,
            exitCode: disposition.exitCode,
            detail: refusal.detail,
            rule: refusal.rule?.rawValue,
            requestID: requestID,
            members: refusal.facts,
            problems: refusal.inputProblems
        )
    }

    /// What nobody foresaw. The error itself goes to the log, not to the caller.
    public static func internalError(requestID: String) -> Problem {
        Problem(
            code: "internal",
            title: "Internal error",
            status: 500,
            exitCode: 1,
            detail: "Something went wrong that this program does not know about. The request is \(requestID).",
            requestID: requestID
        )
    }

    /// What the member called `name` says, as text.
    public func member(_ name: String) -> String? {
        switch members.first(where: { $0.name == name })?.value {
        case .text(let text): text
        case .number(let number): String(number)
        case .list(let items): items.joined(separator: ", ")
        case .null, nil: nil
        }
    }
}

extension Problem: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            return nil
        }
    }

    private static let reserved: Set<String> = [
        "type", "title", "status", "detail", "code", "rule", "hint", "requestId", "exitCode", "row", "column",
        "problems",
    ]

    /// Writes the fixed members, and the facts beside them; a fact cannot replace a fixed member.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for fact in members where !Self.reserved.contains(fact.name) {
            let key = Key(stringValue: fact.name)
            switch fact.value {
            case .text(let text): try container.encode(text, forKey: key)
            case .number(let number): try container.encode(number, forKey: key)
            case .list(let items): try container.encode(items, forKey: key)
            case .null: try container.encodeNil(forKey: key)
            }
        }
        try container.encode(type, forKey: Key(stringValue: "type"))
        try container.encode(title, forKey: Key(stringValue: "title"))
        try container.encode(status, forKey: Key(stringValue: "status"))
        try container.encode(detail, forKey: Key(stringValue: "detail"))
        try container.encode(code, forKey: Key(stringValue: "code"))
        try container.encode(rule, forKey: Key(stringValue: "rule"))
        try container.encode(hint, forKey: Key(stringValue: "hint"))
        try container.encode(requestID, forKey: Key(stringValue: "requestId"))
        try container.encode(Int(exitCode), forKey: Key(stringValue: "exitCode"))
        if let first = problems.first {
            try container.encode(first.row, forKey: Key(stringValue: "row"))
            try container.encode(first.column, forKey: Key(stringValue: "column"))
            try container.encode(problems, forKey: Key(stringValue: "problems"))
        }
    }

    /// Reads a problem document; members that are not fixed become facts, in the order of their names.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func text(_ name: String) throws -> String {
            try container.decode(String.self, forKey: Key(stringValue: name))
        }
        code = try text("code")
        type = try text("type")
        title = try text("title")
        status = try container.decode(Int.self, forKey: Key(stringValue: "status"))
        detail = try text("detail")
        rule = try container.decodeIfPresent(String.self, forKey: Key(stringValue: "rule"))
        hint = try container.decodeIfPresent(String.self, forKey: Key(stringValue: "hint"))
        requestID = try text("requestId")
        exitCode = Int32(try container.decodeIfPresent(Int.self, forKey: Key(stringValue: "exitCode")) ?? 1)
        problems = try container.decodeIfPresent([InputProblem].self, forKey: Key(stringValue: "problems")) ?? []
        members = container.allKeys.filter { !Self.reserved.contains($0.stringValue) }
            .sorted { $0.stringValue < $1.stringValue }
            .compactMap { key in
                if (try? container.decodeNil(forKey: key)) == true { return .init(key.stringValue, .null) }
                if let text = try? container.decode(String.self, forKey: key) {
                    return .init(key.stringValue, .text(text))
                }
                if let number = try? container.decode(Int.self, forKey: key) {
                    return .init(key.stringValue, .number(number))
                }
                return (try? container.decode([String].self, forKey: key)).map { .init(key.stringValue, .list($0)) }
            }
    }
}
