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
public struct ShowStatus: RegistryQuery, PublishedUseCase {
    public static let summary = "Show the state of the registry"

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    /// - Returns: nil for everybody but the owner; the head also while the ledger is empty.
    public func answer(on _: Void, in context: QueryContext) throws -> (size: RegistrySize?, head: AuditHead?) {
        guard context.caller.ownsRegistry else { return (nil, nil) }
        return (try context.reading.size(), try context.reading.auditHead())
    }

    public func output(
        of service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> StatusResource {
        let (size, head) = try await service.answer(self, as: caller, requestID: options.requestID)
        return StatusResource(
            registry: service.location,
            writable: service.obstacle == nil,
            obstacle: service.obstacle?.detail,
            organizations: size?.organizations,
            enrollments: size?.enrollments,
            tokens: size?.tokens,
            seatBlocks: size?.seatBlocks,
            ledgerRows: size == nil ? nil : head?.sequence ?? 0,
            ledgerHead: head?.hash.hexadecimal
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
    @Nullable public var ledgerRows: Int64?
    /// The last row's hash, in hexadecimal; null also while the ledger is empty.
    @Nullable public var ledgerHead: String?
}
