/// What ``AccessGate`` throws to whoever may not: what they are told, and what the ledger says of it.
public struct AccessDenial: Error, Sendable {
    public let refusal: Refusal
    /// Nil for a stranger to the organisation, whether what was asked for exists or not.
    let organizationID: OrganizationID?
    /// What was needed; nil where no single permission was.
    let permission: Permission?
    /// What was asked for, such as `organization contoso`.
    let asked: String

    static let action = "access.denied"
}

extension AccessDenial {
    /// The ledger's row of it: in the organisation of whoever holds something there, else in the registry's own part.
    ///
    /// - Parameters:
    ///   - leftOut: how many denials of this caller were not recorded since their last row.
    ///   - useCase: named in an organisation's row; nil for a query. A stranger's rows are all alike.
    func draft(
        at now: Instant,
        caller: Caller,
        leftOut: Int,
        requestID: String,
        of useCase: (any RecordedUseCase)?
    ) -> AuditDraft {
        var changes: [String: AuditValue] = [
            "asked": .text(asked),
            "code": .text(refusal.code.rawValue),
            "permission": .optional(permission?.rawValue),
            "rule": .optional(refusal.rule?.rawValue),
        ]
        if leftOut > 0 { changes["leftOut"] = .number(leftOut) }
        let named = organizationID == nil ? nil : useCase
        return AuditDraft(
            at: now,
            actor: caller.principal.description,
            organizationID: organizationID,
            action: named.map { "\(type(of: $0).action)-refused" } ?? Self.action,
            subject: named?.subjectOfRefusal ?? organizationID?.value ?? "registry",
            changes: changes,
            requestID: requestID
        )
    }
}
