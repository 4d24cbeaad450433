public import Registry

public struct SeatResource: Codable, Sendable {
    public let skuPartNumber: String
    @Nullable public var skuId: String?
    public let capabilityStatus: String
    public let prepaidUnits: PrepaidUnits
    public let consumedUnits: Int
    public let unlicensedUnits: Int
    public let availableUnits: Int
    /// R32: who sits on seats without rights, at most a hundred of them.
    public let unlicensedUsers: [String]
    /// `program`, or the words of the purchase.
    public let source: String
    public let blocks: [Block]

    public struct PrepaidUnits: Codable, Sendable {
        public let enabled: Int
        public let warning: Int
        public let suspended: Int
        public let lockedOut: Int
    }

    public struct Block: Codable, Sendable {
        public let id: String
        @Nullable public var tokenId: String?
        @Nullable public var enrollmentId: String?
        public let seats: Int
        public let startsOn: String
        @Nullable public var rightsEndOn: String?
        @Nullable public var serviceEndsOn: String?
        public let status: String
        public let licensed: Bool
    }

    init(_ holding: SeatHolding) {
        skuPartNumber = holding.pool.skuPartNumber.description
        skuId = holding.sku.skuIDs.first
        capabilityStatus = holding.summary.capabilityStatus.rawValue
        let units = holding.summary.prepaidUnits
        prepaidUnits = PrepaidUnits(
            enabled: units.enabled,
            warning: units.warning,
            suspended: units.suspended,
            lockedOut: units.lockedOut
        )
        consumedUnits = holding.consumedUnits
        unlicensedUnits = holding.summary.unlicensedUnits
        availableUnits = holding.summary.availableUnits
        unlicensedUsers = holding.unlicensedUsers.map(\.value)
        source = holding.pool.source
        blocks = holding.blocks.map { state in
            Block(
                id: state.block.id.description,
                tokenId: state.block.source.tokenID?.description,
                enrollmentId: state.block.source.enrollmentID?.value,
                seats: state.block.seats,
                startsOn: state.block.startsOn.description,
                rightsEndOn: state.block.rightsEndOn?.description,
                serviceEndsOn: state.block.serviceEndsOn?.description,
                status: state.status.rawValue,
                licensed: state.isLicensed
            )
        }
    }
}

public enum ListSeatsOperation: Operation {
    public static let route = Route(.get, "/v1/tenants/{tenant}/seats", "listSeats", "List a tenant's seats")

    public struct Input: Codable, Sendable {
        public var tenant: String
        /// Nil for today.
        public var asOf: String?

        public init(tenant: String, asOf: String? = nil) {
            self.tenant = tenant
            self.asOf = asOf
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> [SeatResource] {
        let query = SeatsQuery(
            tenant: try TenantReference(input.tenant),
            asOf: try input.asOf.map { try WireText.date($0, "asOf") }
        )
        return try await call.answer(query).map(SeatResource.init)
    }
}
