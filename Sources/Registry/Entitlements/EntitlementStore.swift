public protocol EntitlementReading {
    /// The benefits of one product line, or of all, from enrollments that may be in force on `day` or later; nil for all
    /// that the organisation ever held. By their first day, then by id, then as their programme has them.
    ///
    /// Enrollments that ended before are among them where their renewal window reaches to `day`.
    func benefits(of product: ProductLine?, held organization: OrganizationID, since day: CalendarDate?) throws
        -> [HeldBenefit]
    /// The countries of the locations that share with the organisation (R03) and were recorded by `instant`.
    func sharingCountries(of organization: OrganizationID, by instant: Instant) throws -> [CountryCode]
    /// How many tokens of the organisation there were on a day, by what had become of them.
    func tokenCounts(of organization: OrganizationID, on day: CalendarDate) throws -> TokenCounts
    /// The first row about `subject` in the organisation's ledger; nil when there is none.
    func firstAuditSequence(of subject: String, in organization: OrganizationID) throws -> Int64?
}

/// How many tokens there were on a day, by what had become of them.
public struct TokenCounts: Hashable, Sendable, Codable {
    public let unredeemed: Int
    public let redeemed: Int
    public let void: Int
    public let replaced: Int
}
