/// R19: rows of the ledger, in order: an organisation's own for its administrator, all of them for the registry's owner.
public struct ListAudit: RegistryQuery {
    public static let summary = "List the ledger's rows"

    /// Only the rows of this organisation's affairs, as its administrator may read them; nil for all.
    var organization: OrganizationID?
    var subject: String?
    var since: InstantOrDay?
    var until: InstantOrDay?
    var after: LedgerSequence?
    var limit: PageLimit?
    /// The daemon answers with a stream of rows, as they are appended. Without a daemon it has no effect.
    var follow: Bool?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        guard let organization else { return try gate.owner() }
        return try gate.organization(organization, for: .administrator).map { _ in }
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<AuditEntryResource, LedgerSequence> {
        let filter = AuditFilter(
            organizationID: organization,
            subject: subject,
            since: since?.beginning,
            until: until?.end
        )
        let limit = (limit ?? .standard).value
        let entries = try context.reading.auditEntries(filter, after: after?.number ?? 0, limit: limit)
        return Page(
            items: try entries.map(AuditEntryResource.init),
            next: entries.count == limit ? entries.last.flatMap { LedgerSequence($0.sequence) } : nil
        )
    }

    /// The same query of the rows after `entry`, the last one that is known; of the same rows where that is nil.
    public func going(onAfter entry: AuditEntryResource?) -> ListAudit {
        var query = self
        if let entry { query.after = LedgerSequence(entry.sequence) }
        return query
    }
}

/// The place of a row in the ledger: 1 for the first; 0 stands before it.
public struct LedgerSequence: Hashable, Sendable {
    public let number: Int64

    /// Nil for a negative number.
    public init?(_ number: Int64) {
        guard number >= 0 else { return nil }
        self.number = number
    }
}

extension LedgerSequence: TextValue {
    public static let form = TextForm(
        "it is a sequence of the ledger",
        describedAs: "The sequence of a row of the ledger.",
        example: "1",
        pattern: "^[0-9]{1,19}$"
    )

    public init?(_ text: String) {
        guard let number = Int64(text) else { return nil }
        self.init(number)
    }

    public var description: String { String(number) }
}
