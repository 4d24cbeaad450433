/// The seats of one SKU on one tenant on a day, as Microsoft Graph sums them up, and how many users lack rights (R32).
public struct SeatSummary: Hashable, Sendable {
    public let prepaidUnits: PrepaidUnits
    /// The users who hold a seat of the SKU on the tenant.
    public let consumedUnits: Int
    /// The seats in blocks that are licensed and enabled.
    public let licensedUnits: Int
    /// The best that any block is: enabled, else warning, suspended, locked out; `deleted` where there is none.
    public let capabilityStatus: SeatBlockStatus

    /// One block's part of it.
    public struct Block: Hashable, Sendable {
        public let seats: Int
        public let status: SeatBlockStatus
        public let isLicensed: Bool
    }

    public init(blocks: some Sequence<Block>, consumedUnits: Int) {
        var units: [SeatBlockStatus: Int] = [:]
        var licensed = 0
        for block in blocks {
            units[block.status, default: 0] = units[block.status, default: 0].clampedSum(block.seats)
            if block.status == .enabled, block.isLicensed { licensed = licensed.clampedSum(block.seats) }
        }
        prepaidUnits = PrepaidUnits(
            enabled: units[.enabled] ?? 0,
            warning: units[.warning] ?? 0,
            suspended: units[.suspended] ?? 0,
            lockedOut: units[.lockedOut] ?? 0
        )
        self.consumedUnits = consumedUnits
        licensedUnits = licensed
        let order: [SeatBlockStatus] = [.enabled, .warning, .suspended, .lockedOut]
        capabilityStatus = order.first { (units[$0] ?? 0) > 0 } ?? .deleted
    }

    /// R32: the users beyond the licensed and enabled seats.
    public var unlicensedUnits: Int { max(0, consumedUnits.clampedDifference(licensedUnits)) }

    /// R32: how many more users can be assigned, since unlicensed seats take nobody.
    public var availableUnits: Int { max(0, licensedUnits.clampedDifference(consumedUnits)) }
}

/// Seats by the status of their block, under the names of Microsoft Graph. Deleted ones are not counted.
public struct PrepaidUnits: Hashable, Codable, Sendable {
    public let enabled: Int
    public let warning: Int
    public let suspended: Int
    public let lockedOut: Int
}
