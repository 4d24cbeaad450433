/// R19: rows of the ledgers, in order: those of an organisation for its administrator, those of all for the registry's
/// owner.
public struct ListAudit: RegistryQuery {
    public static let summary = "List the rows of the ledgers"

    /// Only the rows of this organisation's ledger, as its administrator may read them; nil for those of all.
    var organization: OrganizationID?
    var subject: String?
    var since: InstantOrDay?
    var until: InstantOrDay?
    /// Only rows behind this one: a row's cursor. It has to be of a list with the same organisation, or of one without.
    var after: LedgerCursor?
    var limit: PageLimit?
    /// The daemon answers with a stream of rows, as they are appended. Without a daemon it has no effect.
    var follow: Bool?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.ledger(of: organization)
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<AuditEntryResource, LedgerCursor> {
        let cursor = try LedgerCursor.behind(after, in: organization)
        let filter = AuditFilter(
            organizationID: organization,
            subject: subject,
            since: since?.beginning,
            until: until?.end
        )
        let limit = (limit ?? .standard).value
        let entries = try context.reading.auditEntries(filter, after: cursor, limit: limit)
        let items = try entries.map {
            try AuditEntryResource($0, isOneLedger: organization != nil, people: context.reading)
        }
        return Page(items: items, next: items.count == limit ? items.last?.cursor : nil)
    }

    /// The same query of the rows after `entry`, the last one that is known; of the same rows where that is nil.
    public func going(onAfter entry: AuditEntryResource?) -> ListAudit {
        var query = self
        if let entry { query.after = entry.cursor }
        return query
    }
}
