/// How much the registry holds, from its last numbers: nothing is counted row by row.
public struct RegistrySize: Hashable, Sendable, Decodable {
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
public struct ShowStatus: RegistryQuery {
    public static let summary = "Show the state of the registry"

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> StatusResource {
        let isOwner = context.caller.ownsRegistry
        let size = isOwner ? try context.reading.size() : nil
        let seal = isOwner ? try context.reading.lastSeal() : nil
        let obstacle = context.store.obstacle
        return StatusResource(
            registry: context.store.location,
            writable: obstacle == nil,
            obstacle: obstacle?.detail,
            organizations: size?.organizations,
            enrollments: size?.enrollments,
            tokens: size?.tokens,
            seatBlocks: size?.seatBlocks,
            ledgerRows: isOwner ? try context.reading.ledgerRows() : nil,
            seal: isOwner ? seal?.number ?? 0 : nil,
            ledgerHead: seal?.hash.hexadecimal
        )
    }
}

/// How the registry stands. How much it holds is null for everybody but root and the registry's own user.
public struct StatusResource: Hashable, Sendable, Codable {
    /// Where it is.
    public let registry: String
    /// Whether it can be written to.
    public let writable: Bool
    /// Why not.
    @Nullable public var obstacle: String?
    @Nullable public var organizations: Int?
    @Nullable public var enrollments: Int?
    @Nullable public var tokens: Int?
    @Nullable public var seatBlocks: Int?
    /// Of all ledgers together.
    @Nullable public var ledgerRows: Int64?
    /// The last commit's.
    @Nullable public var seal: Int64?
    /// The last seal's hash, in hexadecimal; null also while there is none.
    @Nullable public var ledgerHead: String?
}
