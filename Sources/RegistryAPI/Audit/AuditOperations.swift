import FoundationEssentials
public import Registry

public struct AuditEntryResource: Codable, Sendable {
    public let sequence: Int64
    /// Null for what belongs to no organisation.
    @Nullable public var organizationId: String?
    public let at: String
    public let actor: String
    public let action: String
    public let subject: String
    public let changes: AuditValue
    public let requestId: String
    public let hash: String

    init(_ entry: AuditEntry) throws {
        sequence = entry.sequence
        _organizationId = Nullable(wrappedValue: entry.organizationID?.value)
        at = entry.at.description
        actor = entry.actor
        action = entry.action
        subject = entry.subject
        changes = try JSONDecoder().decode(AuditValue.self, from: Data(entry.changes.utf8))
        requestId = entry.requestID
        hash = entry.hash.hexadecimal
    }
}

public enum ListAuditOperation: Operation {
    public static let route = Route(.get, "/v1/audit", "listAudit", "List the ledger's rows")

    public struct Input: Codable, Sendable {
        /// Only this organisation's rows, as its administrator may read them.
        public var organization: String?
        public var subject: String?
        /// RFC 3339, or a date in UTC.
        public var since: String?
        public var until: String?
        public var after: String?
        public var limit: Int?
        /// The daemon answers with a stream of rows, as they are appended. Without a daemon it has no effect.
        public var follow: Bool?

        public init(
            organization: String? = nil,
            subject: String? = nil,
            since: String? = nil,
            until: String? = nil,
            after: String? = nil,
            limit: Int? = nil,
            follow: Bool? = nil
        ) {
            self.organization = organization
            self.subject = subject
            self.since = since
            self.until = until
            self.after = after
            self.limit = limit
            self.follow = follow
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<AuditEntryResource> {
        let limit = try WireText.limit(input.limit)
        let filter = AuditFilter(
            organizationID: try input.organization.map { try WireText.identifier($0, "organization") },
            subject: input.subject,
            since: try input.since.map { try WireText.instant($0, "since", endOfDay: false) },
            until: try input.until.map { try WireText.instant($0, "until", endOfDay: true) }
        )
        let after = try input.after.map { text in
            guard let sequence = Int64(text), sequence >= 0 else {
                throw WireText.invalid("after", text, "it is a sequence of the ledger")
            }
            return sequence
        }
        let entries = try await call.answer(AuditLogQuery(filter: filter, after: after ?? 0, limit: limit))
        return PageOf(
            items: try entries.map(AuditEntryResource.init),
            next: entries.count == limit ? entries.last.map { String($0.sequence) } : nil
        )
    }
}

public struct AuditVerdictResource: Codable, Sendable {
    public let sound: Bool
    public let rows: Int64
    public let head: String
    @Nullable public var faultSequence: Int64?
    @Nullable public var faultReason: String?
}

public enum VerifyAuditOperation: Operation {
    public static let route = Route(.get, "/v1/audit/verify", "verifyAudit", "Verify the ledger's chain of hashes")

    public static func perform(_ input: NoInput, in call: Call) async throws -> AuditVerdictResource {
        let verdict = try await call.answer(VerifyAuditQuery())
        return AuditVerdictResource(
            sound: verdict.isSound,
            rows: verdict.rows,
            head: verdict.head.hexadecimal,
            faultSequence: verdict.fault?.sequence,
            faultReason: verdict.fault?.reason
        )
    }
}
