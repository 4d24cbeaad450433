/// Something that an administrator should know, as of today.
public struct NoticeResource: Hashable, Sendable, Codable {
    public let kind: NoticeKind
    public let severity: NoticeSeverity
    public let organizationId: OrganizationID
    /// A sentence.
    public let text: String
    @Nullable public var rule: Rule?
    /// The last day on which it can be helped, or of what ends; null for what is so already.
    @Nullable public var on: CalendarDate?
    /// Days from today to that day.
    @Nullable public var daysLeft: Int?
    @Nullable public var enrollmentId: EnrollmentID?
    @Nullable public var tenantId: TenantID?
    @Nullable public var tenantDomain: DomainName?
    @Nullable public var skuPartNumber: SKUPartNumber?
    /// A product line, or what a key installs.
    @Nullable public var product: String?
    @Nullable public var country: CountryCode?
    /// How many it is about: seats, tokens, uses beyond a limit, activations that are left.
    public let quantity: Int
    /// The limit that ``quantity`` comes near to; null where there is none.
    @Nullable public var limit: Int?
    /// How many users lose a seat, or hold one without the right to it.
    public let affectedUsers: Int
    /// Some of them, at most a hundred: those who took their seats last.
    public let users: [UserPrincipalName]
    /// The same for the same matter on another day, however many it is about then.
    public let key: String
}

/// What an administrator of one organisation should know, the gravest and the soonest first.
public struct OrganizationNoticesResource: Hashable, Sendable, Codable {
    public let organizationId: OrganizationID
    public let name: String
    /// Today, in the organisation's time zone.
    public let asOf: CalendarDate
    public let notices: [NoticeResource]

    /// The same with these notices alone.
    public func telling(_ notices: [NoticeResource]) -> OrganizationNoticesResource {
        OrganizationNoticesResource(organizationId: organizationId, name: name, asOf: asOf, notices: notices)
    }
}
