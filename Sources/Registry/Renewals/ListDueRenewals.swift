/// The enrollments whose window is open, and those whose year ends within some days, by their last day.
public struct ListDueRenewals: RegistryQuery {
    public static let summary = "List the enrollments due for renewal"

    /// Days from today in which the year's last day lies, for those whose window is not open yet; nil for 30.
    var within: Int?
    var organization: OrganizationID?
    /// Only those whose window is open; nil for all.
    var open: Bool?
    /// As seen from this day; nil for today.
    var on: CalendarDate?
    var after: RenewalKey?
    var limit: PageLimit?

    /// Further ahead nobody holds anything.
    static let horizon = 36_500

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        guard let organization else { return gate.anybody() }
        return try gate.organization(organization, for: .statement).map { _ in }
    }

    public func answer(on _: Void, in context: QueryContext) throws -> Page<DueRenewalResource, RenewalKey> {
        let page = try held(in: context)
        return Page(items: page.items.map(\.due), next: page.next)
    }

    /// Those that are due, each with its enrollment.
    func held(
        in context: QueryContext
    ) throws -> Page<(held: HeldEnrollment, due: DueRenewalResource), RenewalKey> {
        let within = within ?? 30
        guard (0...Self.horizon).contains(within) else {
            throw Refusal.invalidField("within", String(within), "it is a number of days from 0 to \(Self.horizon)")
        }
        let isOpenOnly = open ?? false
        let limit = (limit ?? .standard).value
        let anywhere = on ?? OrganizationTimeZone.utc.day(of: context.now)
        // Another zone's day may be a day away.
        let ahead = max(isOpenOnly ? 0 : within, RenewalWindow.longestBeforeEnd)
        let found = try context.visible(in: organization, limit: limit, by: { $0.key < $1.key }) { organizationID in
            try context.reading.enrollmentsWithoutEnding(
                endingIn: anywhere.adding(days: -RenewalWindow.longestAfterEnd - 1)...anywhere.adding(days: ahead + 1),
                of: organizationID,
                after: after,
                limit: limit
            )
        }
        let due = try found.compactMap { held -> (held: HeldEnrollment, due: DueRenewalResource)? in
            let today = on ?? context.today(in: held.organization)
            let inForce =
                !held.enrollment.traits.needs.isEmpty
                ? try context.reading.enrollments(of: held.organization.id)
                    .filter { $0.isInForce(on: today, portal: held.organization.portals) } : []
            let due = DueRenewalResource(
                held,
                today: today,
                restsOnNothing: held.enrollment.restsOnNothing(among: inForce)
            )
            let isNear = due.state == .upcoming && due.endsOn <= today.adding(days: within)
            return due.state == .open || (isNear && !isOpenOnly) ? (held, due) : nil
        }
        return Page(items: due, next: found.count == limit ? found.last?.key : nil)
    }
}

/// An enrollment that is to be renewed, with its window.
public struct DueRenewalResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    public let program: ProgramID
    public let endsOn: CalendarDate
    public let windowOpensOn: CalendarDate
    public let windowClosesOn: CalendarDate
    /// Days until the window closes, in which the benefit can be renewed; 0 on its last day.
    public let daysLeft: Int
    public let state: RenewalWindow.Phase
    /// R33: days until the last day of the year's tokens, 0 on it; null after it.
    @Nullable public var tokenDaysLeft: Int?
    /// R11, R44: that it rests on nothing, since what it needs has ended.
    @Nullable public var warning: Warning?

    init(_ held: HeldEnrollment, today: CalendarDate, restsOnNothing: Warning? = nil) {
        let window = RenewalWindow(of: held.enrollment.year, at: held.organization.portals)
        enrollmentId = held.enrollment.id
        organizationId = held.organization.id
        program = held.enrollment.programID
        endsOn = held.enrollment.year.endsOn
        windowOpensOn = window.opensOn
        windowClosesOn = window.closesOn
        daysLeft = window.closesOn.days(since: today)
        state = window.phase(on: today)
        let tokenDays = held.enrollment.tokensRedeemableThrough.days(since: today)
        tokenDaysLeft = tokenDays >= 0 ? tokenDays : nil
        warning = restsOnNothing
    }
}

extension QueryContext {
    /// The first `limit` of what `read` gives: of one organisation, or of all whose statement the caller may see.
    ///
    /// Only the owner's way goes over the whole registry: anybody else's neither costs nor tells what others have.
    func visible<Item>(
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
