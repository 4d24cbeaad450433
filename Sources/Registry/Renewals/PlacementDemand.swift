/// The users of one SKU on one tenant who need seats in the next programme year.
public struct PlacementDemand: Hashable, Sendable {
    /// What names the tenant; also decides ties, the smaller first.
    public let tenant: String
    public let skuPartNumber: String
    /// Users who hold a seat now, and would lose it.
    public let users: Int
    /// Seats that stay licensed in the next year whatever is placed; normally none.
    public let existingLicensedSeats: Int
    /// R39: why the tenant cannot take programme tokens; nil where it can.
    public let refusal: String?

    public init(
        tenant: String,
        skuPartNumber: String,
        users: Int,
        existingLicensedSeats: Int = 0,
        refusal: String? = nil
    ) {
        self.tenant = tenant
        self.skuPartNumber = skuPartNumber
        self.users = users
        self.existingLicensedSeats = existingLicensedSeats
        self.refusal = refusal
    }

    /// Users whom only a new token can cover.
    public var need: Int { max(0, users - max(0, existingLicensedSeats)) }
}

/// A token that a renewal would issue.
public struct PlacementToken: Hashable, Sendable {
    /// What names the token in the answer; the smaller is placed first among equal ones.
    public let index: Int
    public let skuPartNumber: String
    /// At least 1; a token of fewer is never placed.
    public let seats: Int

    public init(index: Int, skuPartNumber: String, seats: Int) {
        self.index = index
        self.skuPartNumber = skuPartNumber
        self.seats = seats
    }
}
