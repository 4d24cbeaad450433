extension CommandContext {
    /// R19: corrects what was recorded, in one ledger row: what it was, what is right, why, and the row that it corrects.
    ///
    /// - Parameters:
    ///   - subject: what the ledger calls it.
    ///   - rows: what changes, the first of them what the caller asked for. Fields that stay as they are count for nothing.
    ///   - stated: what changes otherwise than by a value of a row.
    ///   - on: the day from which the right values hold; nil where they were right from the start.
    /// - Throws: `Refusal` with `input.invalid` when nothing would change.
    func correct(
        _ subject: String,
        of organization: Organization?,
        action: String,
        _ rows: [(CorrectableRow, [FieldChange])],
        stating stated: [FieldChange] = [],
        on: CalendarDate?,
        reason: KeptText,
        warnings: [Warning] = []
    ) throws -> CorrectionResource {
        let rows = rows.map { row, changes in (row, changes.filter { $0.was != $0.becomes }) }
        guard !stated.isEmpty || rows.contains(where: { !$0.1.isEmpty }) else {
            throw Refusal(
                .inputInvalid,
                "There is nothing to correct: \(subject) has these values already.",
                facts: ["subject": subject]
            )
        }
        var day = on
        if let on, let organization { day = try self.day(stated: on, in: organization) }
        let changes = rows.flatMap { $0.1 } + stated
        let answer = try record(
            action,
            CorrectionResource(
                subject: subject,
                organizationId: organization?.id,
                corrects: organization.flatMap { try transaction.firstAuditSequence(of: subject, in: $0.id) },
                on: day,
                reason: reason.text,
                changes: changes.reduce(into: []) { told, change in
                    let change = CorrectionResource.Change(
                        field: change.field,
                        was: change.was.text,
                        becomes: change.becomes.text
                    )
                    if change.was != change.becomes, !told.contains(change) { told.append(change) }
                },
                warnings: warnings
            ),
            subject: subject
        )
        for (row, changes) in rows where !changes.isEmpty {
            try transaction.correct(
                CorrectionDraft(
                    row: row,
                    changes: changes,
                    organizationID: organization?.id,
                    subject: subject,
                    on: day,
                    reason: reason.text,
                    sequence: answer.auditSequence,
                    recordedAt: now
                )
            )
        }
        return answer
    }
}

/// What a correction changed, and what it corrected.
public struct CorrectionResource: Hashable, Sendable, Codable, RecordedAnswer {
    /// What was corrected, as the ledger names it.
    public let subject: String
    /// Null for what belongs to no organisation.
    @Nullable public var organizationId: OrganizationID?
    /// The first row of the organisation's ledger about it: the entry that is corrected; null where another subject's row
    /// told of it.
    @Nullable public var corrects: Int64?
    /// The day from which the right values hold; null where they were right from the start.
    @Nullable public var on: CalendarDate?
    public let reason: String
    public let changes: [Change]
    public internal(set) var auditSequence: Int64 = 0
    /// What else is to be done, or looks different now.
    public internal(set) var warnings: [Warning]

    /// One field.
    public struct Change: Hashable, Sendable, Codable {
        public let field: String
        @Nullable public var was: String?
        @Nullable public var becomes: String?
    }
}
