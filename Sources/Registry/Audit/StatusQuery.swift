/// How much the registry holds, from its last numbers: nothing is counted row by row.
public struct RegistrySize: Hashable, Sendable {
    public let organizations: Int
    public let enrollments: Int
    public let tokens: Int
    public let seatBlocks: Int

    public init(organizations: Int, enrollments: Int, tokens: Int, seatBlocks: Int) {
        self.organizations = organizations
        self.enrollments = enrollments
        self.tokens = tokens
        self.seatBlocks = seatBlocks
    }
}

/// How the registry stands. Anybody may ask; how much it holds is told to its owner alone, since figures that grow tell of
/// others' affairs.
public struct StatusQuery: RegistryQuery {
    public init() {}

    public struct Answer: Hashable, Sendable {
        /// Nil for everybody but the owner.
        public let size: RegistrySize?
        /// Nil while the ledger is empty, and for everybody but the owner.
        public let head: AuditHead?
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Answer {
        guard context.caller.ownsRegistry else { return Answer(size: nil, head: nil) }
        return Answer(size: try context.reading.size(), head: try context.reading.auditHead())
    }
}
