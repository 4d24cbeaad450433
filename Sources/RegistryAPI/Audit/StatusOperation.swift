public import Registry

public struct StatusResource: Codable, Sendable {
    /// Where it is.
    public let registry: String
    /// Whether it can be written to.
    public let writable: Bool
    /// Why not.
    @Nullable public var obstacle: String?
    /// How much it holds; null for everybody but root and the registry's own user.
    @Nullable public var organizations: Int?
    @Nullable public var enrollments: Int?
    @Nullable public var tokens: Int?
    @Nullable public var seatBlocks: Int?
    @Nullable public var ledgerRows: Int64?
    @Nullable public var ledgerHead: String?
}

public enum ShowStatusOperation: Operation {
    public static let route = Route(.get, "/v1/status", "showStatus", "Show the state of the registry")

    public static func perform(_ input: NoInput, in call: Call) async throws -> StatusResource {
        let answer = try await call.answer(StatusQuery())
        let obstacle = call.service.obstacle
        return StatusResource(
            registry: call.service.location,
            writable: obstacle == nil,
            obstacle: obstacle?.detail,
            organizations: answer.size?.organizations,
            enrollments: answer.size?.enrollments,
            tokens: answer.size?.tokens,
            seatBlocks: answer.size?.seatBlocks,
            ledgerRows: answer.size == nil ? nil : answer.head?.sequence ?? 0,
            ledgerHead: answer.head?.hash.hexadecimal
        )
    }
}
