/// Goes on under a clock that is far from the ledgers' latest row, and says so in the ledger for ever.
///
/// A registry may have slept for years, or that row may be what is wrong.
public struct AcceptClock: RegistryCommand {
    public static let action = "registry.accept-clock"
    public static let summary = "Accept the clock as it is"
    public static let acceptsAnyClock = true

    /// Why it is right, in the administrator's words.
    public let reason: String

    public init(reason: String) {
        self.reason = reason
    }

    public struct Answer: Hashable, Sendable, Codable, RecordedAnswer {
        /// What the clock says.
        public let clock: Instant
        /// The instant of the ledgers' latest row before.
        public let ledger: Instant
        public let reason: String
        public internal(set) var auditSequence: Int64 = 0
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> Answer {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Refusal(.inputInvalid, "Say why the clock is right: the ledger keeps the reason.")
        }
        try KeptText.check(reason, "reason")
        guard let last = try context.transaction.latestAuditInstant() else {
            throw Refusal(
                .clockNotInDoubt,
                "The ledgers have no row to hold the clock against; there is nothing to accept."
            )
        }
        guard (try? LedgerClock.check(context.now, against: last)) == nil else {
            throw Refusal(
                .clockNotInDoubt,
                "The clock says \(context.now), and the ledgers' latest row is of \(last); there is nothing to accept."
            )
        }
        let answer = Answer(clock: context.now, ledger: last, reason: reason)
        return try context.record(Self.action, answer, subject: subjectOfRefusal)
    }
}
