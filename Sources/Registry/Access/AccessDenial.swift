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
    /// - Parameter leftOut: how many denials of this caller were not recorded since their last row.
    func draft(at now: Instant, caller: Caller, leftOut: Int, requestID: String) -> AuditDraft {
        draft(Self.action, organizationID?.value ?? "registry", at: now, caller, leftOut, requestID)
    }

    /// Names the use case too. Only for a denial in an organisation: a stranger's rows are all alike.
    func draft<Recorded: RecordedUseCase>(
        at now: Instant,
        caller: Caller,
        leftOut: Int,
        requestID: String,
        of useCase: Recorded
    ) -> AuditDraft {
        draft("\(Recorded.action)-refused", useCase.subjectOfRefusal, at: now, caller, leftOut, requestID)
    }

    private func draft(
        _ action: String,
        _ subject: String,
        at now: Instant,
        _ caller: Caller,
        _ leftOut: Int,
        _ requestID: String
    ) -> AuditDraft {
        var changes: [String: AuditValue] = [
            "asked": .text(asked),
            "code": .text(refusal.code.rawValue),
            "permission": .optional(permission?.rawValue),
            "rule": .optional(refusal.rule?.rawValue),
        ]
        if leftOut > 0 { changes["leftOut"] = .number(leftOut) }
        return AuditDraft(
            at: now,
            actor: caller.principal.description,
            organizationID: organizationID,
            action: action,
            subject: subject,
            changes: changes,
            requestID: requestID
        )
    }
}
