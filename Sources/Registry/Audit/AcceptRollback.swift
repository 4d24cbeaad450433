/// Goes on with a registry that lacks what was committed once, and says so in the ledger for ever.
public struct AcceptRollback: RegistryCommand {
    public static let action = "registry.accept-rollback"
    public static let summary = "Accept that the registry lacks what was committed once"

    public let rollback: Rollback
    /// Why it is right, in the administrator's words.
    public let reason: String

    public init(_ rollback: Rollback, reason: String) {
        self.rollback = rollback
        self.reason = reason
    }

    public struct Answer: Hashable, Sendable, Codable, RecordedAnswer {
        /// The seals of the first and the last commit that are missing; nil where that is not known.
        public let missingFirst: Int64?
        public let missingLast: Int64?
        public let reason: String
        public internal(set) var auditSequence: Int64 = 0
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> Answer {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Refusal(.inputInvalid, "Give a reason for accepting the rollback; the ledger keeps it.")
        }
        try KeptText.check(reason, "reason")
        var missing: (first: Int64, last: Int64)?
        if case .missing(let first, let last, _) = rollback { missing = (first, last) }
        return try context.record(
            Self.action,
            Answer(missingFirst: missing?.first, missingLast: missing?.last, reason: reason),
            subject: subjectOfRefusal,
            adding: rollback.auditChanges
        )
    }
}
