/// A grant with its days in the organisation's time zone.
public struct AccessResource: Hashable, Sendable, Codable {
    public let organizationId: OrganizationID
    /// `user:NAME` or `group:NAME`.
    public let principal: String
    public let permission: Permission
    public let from: Instant
    /// The last day with the permission; null while it has no end.
    @Nullable public var until: CalendarDate?
    /// The principal who granted it.
    public let grantedBy: String
    /// When it was taken back; null while it was not.
    @Nullable public var revokedAt: Instant?

    init(_ grant: AccessGrant, revokedAt: Instant?, in organization: Organization) {
        organizationId = grant.organizationID
        principal = grant.principal
        permission = grant.permission
        from = grant.from
        until = grant.until.map { until in
            organization.timeZone.day(of: Instant(microsecondsSinceEpoch: until.microsecondsSinceEpoch - 1))
        }
        grantedBy = grant.grantedBy
        self.revokedAt = revokedAt
    }
}
