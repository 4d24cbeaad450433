/// What was corrected in an organisation's records, in the order in which it was.
public struct ListCorrections: RegistryQuery {
    public static let summary = "List what was corrected"

    let organization: OrganizationID
    /// Only what was corrected of this, as the ledger names it.
    var subject: String?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [CorrectionEntry] {
        let reading = context.reading
        // A value that stands in several rows is told once.
        var told: Set<CorrectionEntry> = []
        return try reading.corrections(of: organization.id, subject: subject).map {
            CorrectionEntry(
                auditSequence: $0.auditSequence,
                recordedAt: $0.recordedAt,
                subject: $0.subject,
                field: $0.field,
                was: try $0.was?.replacingNames(by: reading.known),
                becomes: try $0.becomes?.replacingNames(by: reading.known),
                on: $0.on,
                reason: $0.reason
            )
        }.filter { $0.was != $0.becomes && told.insert($0).inserted }
    }
}

/// A field that was corrected, as it is listed.
public struct CorrectionEntry: Hashable, Sendable, Codable {
    /// The ledger's row that tells of it.
    public let auditSequence: Int64
    public let recordedAt: Instant
    /// What was corrected, as the ledger names it.
    public let subject: String
    public let field: String
    @Nullable public var was: String?
    @Nullable public var becomes: String?
    /// The day from which the right value holds; null where it was right from the start.
    @Nullable public var on: CalendarDate?
    public let reason: String
}
