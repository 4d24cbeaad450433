/// What a command has at hand while it runs: its transaction, its one instant, and who asks.
public struct CommandContext {
    public let transaction: any RegistryTransaction
    /// One instant for the whole transaction.
    public let now: Instant
    public let caller: Caller
    public let randomness: any RandomSource
    public let secrets: any SecretBox
    public let options: CommandOptions
    /// Whose affair the command is; nil for the registry's own.
    var organizationID: OrganizationID?
    /// Among the rows of a batch, what they share.
    var memory: BatchMemory?
    private let overridden = OverriddenRules()

    init(
        transaction: any RegistryTransaction,
        now: Instant,
        caller: Caller,
        randomness: any RandomSource,
        secrets: any SecretBox,
        options: CommandOptions
    ) {
        self.transaction = transaction
        self.now = now
        self.caller = caller
        self.randomness = randomness
        self.secrets = secrets
        self.options = options
    }

    /// Decides whether the caller may have what the command asks for.
    var gate: AccessGate { AccessGate(reading: transaction, caller: caller, now: now, secrets: secrets) }

    /// Whether the administrator overrides `rule`. Asked where the rule would refuse: what is overridden there is
    /// recorded with what the command does from then on.
    func isOverridden(_ rule: OverridableRule) -> Bool {
        guard options.overrides.contains(rule) else { return false }
        overridden.rules.insert(rule)
        return true
    }

    /// Appends a row to the ledger, in this transaction: what `answer` says, under its published names.
    ///
    /// Its warnings are left out, and the ids that name the row's subject and organisation.
    /// - Parameters:
    ///   - organizationID: whose affair it is; nil for ``organizationID``.
    ///   - more: what the ledger says beside it, or instead of it where the names are the same.
    /// - Returns: the answer.
    @discardableResult
    func record<Answer: Encodable>(
        _ action: String,
        _ answer: Answer,
        subject: some CustomStringConvertible,
        in organizationID: OrganizationID? = nil,
        adding more: [String: (any Encodable)?] = [:]
    ) throws -> Answer {
        _ = try append(action, answer, subject: subject, in: organizationID, adding: more)
        return answer
    }

    /// The same for an answer that names its row.
    /// - Returns: the answer, with the row's sequence.
    func record<Answer: RecordedAnswer>(
        _ action: String,
        _ answer: Answer,
        subject: some CustomStringConvertible,
        in organizationID: OrganizationID? = nil,
        adding more: [String: (any Encodable)?] = [:]
    ) throws -> Answer {
        var answer = answer
        answer.auditSequence = try append(action, answer, subject: subject, in: organizationID, adding: more)
        return answer
    }

    private func append(
        _ action: String,
        _ answer: some Encodable,
        subject: some CustomStringConvertible,
        in organizationID: OrganizationID?,
        adding more: [String: (any Encodable)?]
    ) throws -> Int64 {
        guard case .object(var changes) = try AuditEncoder.value(of: answer) else { return 0 }
        let known = [subject.description, (organizationID ?? self.organizationID)?.value].map(AuditValue.optional)
        changes = changes.filter { name, value in
            name != "warnings" && name != "auditSequence"
                && !(name.lowercased().hasSuffix("id") && known.contains(value))
        }
        for (name, value) in more { changes[name] = try value.map { try AuditEncoder.value(of: $0) } ?? .null }
        return try record(action, subject: subject.description, in: organizationID, changes: changes)
    }

    /// Appends a row to the ledger, in this transaction.
    /// - Parameter organizationID: whose affair it is; nil for ``organizationID``.
    /// - Returns: the row's sequence.
    @discardableResult
    func record(
        _ action: String,
        subject: some CustomStringConvertible,
        in organizationID: OrganizationID? = nil,
        changes: [String: (any Encodable)?]
    ) throws -> Int64 {
        let changes = try changes.mapValues { try $0.map { try AuditEncoder.value(of: $0) } ?? .null }
        return try record(action, subject: subject.description, in: organizationID, changes: changes)
    }

    /// The same of values that the ledger keeps as they are.
    @discardableResult
    func record(
        _ action: String,
        subject: String,
        in organizationID: OrganizationID? = nil,
        changes: [String: AuditValue]
    ) throws -> Int64 {
        var changes = changes
        if !overridden.rules.isEmpty {
            changes["overrides"] = .list(overridden.rules.map(\.rawValue).sorted().map(AuditValue.text))
        }
        return try transaction.append(
            AuditDraft(
                at: now,
                actor: caller.principal.description,
                organizationID: organizationID ?? self.organizationID,
                action: action,
                subject: subject,
                changes: changes,
                requestID: options.requestID
            )
        )
    }

    /// Today, in the organisation's time zone.
    public func today(in organization: Organization) -> CalendarDate {
        organization.timeZone.day(of: now)
    }

    /// The day that something happened on: `stated`, or today.
    /// - Throws: `Refusal` with `date.in-future` when `stated` is later than today in the organisation's zone.
    public func day(stated: CalendarDate?, in organization: Organization) throws -> CalendarDate {
        let today = today(in: organization)
        guard let stated else { return today }
        guard stated <= today else {
            throw Refusal(
                .dateInFuture,
                "\(stated) is in the future: it is \(today) in \(organization.timeZone.identifier). "
                    + "Record what happened with the day on which it happened.",
                facts: ["date": stated, "today": today]
            )
        }
        return stated
    }
}

/// An answer that names the ledger's row of what it tells.
protocol RecordedAnswer: Encodable {
    var auditSequence: Int64 { get set }
}

/// The rules that were overridden so far, where they would have refused.
private final class OverriddenRules {
    var rules: Set<OverridableRule> = []
}

/// What a query has at hand.
public struct QueryContext {
    public let reading: any RegistryReading
    public let now: Instant
    public let caller: Caller
    /// Opens codes, for the check that they can be.
    let secrets: any SecretBox
    /// Tells where the registry is, and whether it can be written to.
    let store: any RegistryStore

    /// Decides whether the caller may have what the query asks for.
    package var gate: AccessGate { AccessGate(reading: reading, caller: caller, now: now, secrets: secrets) }

    /// Today, in the organisation's time zone.
    public func today(in organization: Organization) -> CalendarDate {
        organization.timeZone.day(of: now)
    }
}
