/// Which portal an organisation's years are renewed at: the one that it was at on a year's last day.
public struct PortalHistory: Hashable, Sendable {
    /// The portal of today.
    public let current: Portal
    /// Nil for an organisation that was at no other.
    public let migration: PortalMigration?

    public init(_ current: Portal, migration: PortalMigration? = nil) {
        self.current = current
        self.migration = migration
    }

    public static let partnerCenter = PortalHistory(.partnerCenter)
    public static let membershipCenter = PortalHistory(.membershipCenter)

    /// The portal whose window a year that ends on `day` has.
    public func portal(on day: CalendarDate) -> Portal {
        guard let migration, day < migration.portalSince else { return current }
        return migration.formerPortal
    }
}

/// An organisation's way from one portal to another.
public struct PortalMigration: Hashable, Sendable, Codable {
    public let formerPortal: Portal
    /// The first day at the new one.
    public let portalSince: CalendarDate
}
