/// An enrollment that is to be renewed, with its window.
public struct DueRenewal: Hashable, Sendable {
    public let enrollment: Enrollment
    public let organization: Organization
    public let window: RenewalWindow
    /// Days until the window closes, in which the benefit can be renewed; 0 on its last day.
    public let daysLeft: Int
    /// R33: days until the year's last, through which its tokens can be redeemed; nil after it.
    public let tokenDaysLeft: Int?
    public let phase: RenewalWindow.Phase
    /// R11, R44: that what it needs has ended; nil while that is there.
    public let restsOnNothing: Warning?

    init(_ held: HeldEnrollment, today: CalendarDate, restsOnNothing: Warning? = nil) {
        self.restsOnNothing = restsOnNothing
        enrollment = held.enrollment
        organization = held.organization
        window = RenewalWindow(of: held.enrollment.year, at: held.organization.portal)
        daysLeft = window.closesOn.days(since: today)
        let tokenDays = held.enrollment.tokensRedeemableThrough.days(since: today)
        tokenDaysLeft = tokenDays >= 0 ? tokenDays : nil
        phase = window.phase(on: today)
    }
}

/// The enrollments whose window is open, and those whose year ends within some days, by their last day.
public struct RenewalsDueQuery: RegistryQuery {
    /// Days from today in which the year's last day lies, for those whose window is not open yet.
    public let within: Int
    /// Only those whose window is open.
    public let isOpenOnly: Bool
    public let organizationID: OrganizationID?
    /// As seen from this day; nil for today.
    public let on: CalendarDate?
    public let after: RenewalKey?
    public let limit: Int

    public init(
        within: Int,
        isOpenOnly: Bool = false,
        organizationID: OrganizationID? = nil,
        on day: CalendarDate? = nil,
        after: RenewalKey? = nil,
        limit: Int
    ) {
        self.within = within
        self.isOpenOnly = isOpenOnly
        self.organizationID = organizationID
        self.on = day
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        guard let organizationID else { return gate.anybody() }
        return try gate.organization(organizationID, for: .statement).map { _ in }
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<DueRenewal, RenewalKey> {
        let anywhere = on ?? OrganizationTimeZone.utc.day(of: context.now)
        // Another zone's day may be a day away.
        let ahead = max(isOpenOnly ? 0 : within, RenewalWindow.longestBeforeEnd)
        let found = try context.visible(in: organizationID, limit: limit, by: { $0.key < $1.key }) { organizationID in
            try context.reading.enrollmentsWithoutEnding(
                endingIn: anywhere.adding(days: -RenewalWindow.longestAfterEnd - 1)...anywhere.adding(days: ahead + 1),
                of: organizationID,
                after: after,
                limit: limit
            )
        }
        let due = try found.compactMap { held -> DueRenewal? in
            let today = on ?? context.today(in: held.organization)
            let inForce =
                held.enrollment.programKind.needsAnother
                ? try context.reading.enrollments(of: held.organization.id)
                    .filter { $0.isInForce(on: today, portal: held.organization.portal) } : []
            let due = DueRenewal(held, today: today, restsOnNothing: held.enrollment.restsOnNothing(among: inForce))
            let isNear = due.phase == .upcoming && held.enrollment.year.endsOn <= today.adding(days: within)
            return due.phase == .open || (isNear && !isOpenOnly) ? due : nil
        }
        return Page(items: due, next: found.count == limit ? found.last?.key : nil)
    }
}

/// The renewals that were asked to be redeemed, and wait for a next year that has begun.
public struct AwaitedRedemptionsQuery: RegistryQuery {
    /// As seen from this day; nil for today.
    public let on: CalendarDate?
    public let after: EnrollmentID?
    public let limit: Int

    public init(on day: CalendarDate? = nil, after: EnrollmentID? = nil, limit: Int) {
        self.on = day
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<HeldEnrollment, EnrollmentID> {
        // A zone to the east may be a day ahead; the redemption itself goes by its own organisation's day.
        let day = on ?? OrganizationTimeZone.utc.day(of: context.now)
        let found = try context.visible(limit: limit, by: { $0.enrollment.id < $1.enrollment.id }) { organizationID in
            try context.reading.renewalsAwaitingRedemption(on: day, of: organizationID, after: after, limit: limit)
        }
        return Page(
            items: found,
            next: found.count == limit ? found.last?.enrollment.id : nil
        )
    }
}

extension QueryContext {
    /// The first `limit` of what `read` gives: of one organisation, or of all whose statement the caller may see.
    ///
    /// Only the owner's way goes over the whole registry: anybody else's neither costs nor tells what others have.
    fileprivate func visible<Item>(
        in organizationID: OrganizationID? = nil,
        limit: Int,
        by areInOrder: (Item, Item) -> Bool,
        _ read: (OrganizationID?) throws -> [Item]
    ) throws -> [Item] {
        if caller.ownsRegistry || organizationID != nil { return try read(organizationID) }
        let own = try gate.ownOrganizations(with: .statement, limit: .max)
        return Array(try own.flatMap { try read($0.id) }.sorted(by: areInOrder).prefix(limit))
    }
}
