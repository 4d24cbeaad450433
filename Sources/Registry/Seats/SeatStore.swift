public protocol SeatReading {
    /// The tenant's seat blocks, of one SKU or of all, in the order of their ids.
    func seatBlocks(on tenant: DomainName, of sku: SKUPartNumber?) throws -> [SeatBlock]
    /// Nil where there is no block of this number.
    func seatBlock(_ id: SeatBlockID) throws -> SeatBlock?
    /// All that was activated of an enrollment, in the order of their ids.
    func seatBlocks(of enrollment: EnrollmentID) throws -> [SeatBlock]
    /// Of each SKU and kind of source (the programme, or a purchase) the newest block that is not deleted on `day`.
    func newestSeatBlocks(on tenant: DomainName, presentOn day: CalendarDate) throws -> [SeatBlock]
    /// The tenant's seat blocks as they were on a day: without extensions and endings that came later.
    func seatBlocks(on tenant: DomainName, asOf day: CalendarDate) throws -> [SeatBlock]
    /// How many users hold a seat of each SKU on the tenant, by the seats' source. Sums that are kept.
    func consumedUnits(on tenant: DomainName) throws -> [SeatPool: Int]
    /// The same on a day, from the history.
    func consumedUnits(on tenant: DomainName, asOf day: CalendarDate) throws -> [SeatPool: Int]
    /// How the number of users with a seat changed after `day`, in the order of the days.
    func seatChanges(of pool: SeatPool, on tenant: DomainName, after day: CalendarDate) throws -> [SeatChange]
    /// The users who hold a seat of the pool on `day`, who took theirs last first.
    func latestUsers(of pool: SeatPool, on tenant: DomainName, asOf day: CalendarDate, limit: Int) throws
        -> [SeatUser]
}

/// A user with a seat, and where the user is.
public struct SeatUser: Hashable, Sendable, Decodable {
    public let user: UserPrincipalName
    public let locationID: LocationID
    /// The location's.
    public let country: CountryCode
}

/// How the number of users with a seat changed on a day.
public struct SeatChange: Hashable, Sendable, Decodable {
    public let day: CalendarDate
    public let units: Int
}

public protocol SeatWriting {
    /// R46: from `day` on the block's seats are gone.
    func end(_ block: SeatBlockID, on day: CalendarDate, recordedAt: Instant) throws
    /// Records a seat block and gives it its number.
    func insert(_ draft: SeatBlockDraft) throws -> SeatBlockID
    /// R48: the block's service goes on through `serviceEndsOn`.
    func extend(_ block: SeatBlockID, by token: TokenID, through serviceEndsOn: CalendarDate, recordedAt: Instant)
        throws
}

/// Seats of one SKU from one source on a tenant: what a user's seat is taken from.
public struct SeatPool: Hashable, Sendable, Decodable {
    public let skuPartNumber: SKUPartNumber
    /// `program`, `program (lyon)` for a location that shares nothing (R03), or a purchase's own words.
    public let source: String
}

/// A seat block before it has its number.
public struct SeatBlockDraft: Hashable, Sendable {
    public let tenantDomain: DomainName
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    public let source: SeatSource
    public let startsOn: CalendarDate
    public let rightsEndOn: CalendarDate?
    public let serviceEndsOn: CalendarDate?
    public let recordedAt: Instant
}
