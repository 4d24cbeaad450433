/// When an organisation's seats came and when they lapse: the twelve months before a day, and the twelve after it as they
/// were to be on that day.
public struct ShowTimeline: RegistryQuery {
    public static let summary = "Show when seats were activated and when they lapse"

    let organization: OrganizationID
    /// Nil for today.
    var asOf: CalendarDate?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> TimelineResource {
        let reading = context.reading
        let day = try StatementFigures.day(asOf, of: organization, today: context.today(in: organization))
        var timeline = Timeline(from: day.adding(months: -12), through: day.adding(months: 12))
        let enrollments = try reading.enrollments(of: organization.id).filter { $0.benefitsStartOn <= day }
            .map { $0.known(on: day) }
        let known = Dictionary(enrollments.map { ($0.id, $0) }) { first, _ in first }
        for tenant in try reading.tenants(of: organization.id) where tenant.signedUpOn <= day {
            for block in try reading.seatBlocks(on: tenant.domain, asOf: day) where block.startsOn <= day {
                let enrollment = block.source.enrollmentID.flatMap { known[$0] }
                timeline.add(block, rightsEndOn: block.rightsEndOn(of: enrollment, portal: organization.portals))
            }
        }
        for enrollment in enrollments where timeline.contains(enrollment.tokensRedeemableThrough) {
            try addTokens(of: enrollment, asOf: day, reading: reading, to: &timeline)
        }
        return TimelineResource(
            organizationId: organization.id,
            asOf: day,
            from: timeline.from,
            through: timeline.through,
            events: timeline.events
        )
    }

    /// R33: what nobody redeemed is void after the last day on which it could be.
    private func addTokens(
        of enrollment: Enrollment,
        asOf day: CalendarDate,
        reading: any RegistryReading,
        to timeline: inout Timeline
    ) throws {
        let filter = TokenFilter(
            organizationID: enrollment.organizationID,
            enrollmentID: enrollment.id,
            asOf: day
        )
        let limit = PageLimit.standard.value
        var last: TokenID?
        repeat {
            let tokens = try reading.tokens(filter, after: last, limit: limit)
            for token in tokens where token.issuedOn <= day {
                if let redemption = token.fate.redemption, redemption.on <= day { continue }
                timeline.add(.tokensEnd, on: enrollment.tokensRedeemableThrough, of: token)
            }
            last = tokens.count == limit ? tokens.last?.id : nil
        } while last != nil
    }
}

/// When seats were activated and when they lapse, as known on a day.
public struct TimelineResource: Hashable, Sendable, Codable {
    public let organizationId: OrganizationID
    public let asOf: CalendarDate
    /// Twelve months before ``asOf``.
    public let from: CalendarDate
    /// Twelve months after it.
    public let through: CalendarDate
    /// By their day; what happens to the same seats on the same day is one event.
    public let events: [Event]

    /// What happens to the seats of one SKU on one tenant on a day.
    public struct Event: Hashable, Sendable, Codable {
        public let on: CalendarDate
        public let event: Kind
        public let seats: Int
        public let skuPartNumber: SKUPartNumber
        /// Null for tokens, which are on no tenant yet.
        @Nullable public var tenantDomain: DomainName?
        /// `program`, or the words of the purchase.
        public let source: String
    }

    /// What happens on a day.
    public enum Kind: String, Choice {
        public static let summary = "What happens to seats on a day."

        /// A redemption, a sign-up or a purchase brought them.
        case activated
        /// R46: a replacement ended them; the first day without them.
        case replaced
        /// R33: the last day on which tokens that nobody redeemed can be.
        case tokensEnd = "tokens-end"
        /// R32: the last day of the right to use them.
        case rightsEnd = "rights-end"
        /// R47: the last day of their service.
        case serviceEnds = "service-ends"
    }
}

/// Gathers the events of a span of days.
private struct Timeline {
    let from: CalendarDate
    let through: CalendarDate
    private var seats: [Key: Int] = [:]

    private struct Key: Hashable {
        let on: CalendarDate
        let kind: TimelineResource.Kind
        let sku: SKUPartNumber
        let tenant: DomainName?
        let source: String
    }

    init(from: CalendarDate, through: CalendarDate) {
        self.from = from
        self.through = through
    }

    func contains(_ day: CalendarDate) -> Bool { from <= day && day <= through }

    mutating func add(_ block: SeatBlock, rightsEndOn: CalendarDate?) {
        func key(_ kind: TimelineResource.Kind, _ day: CalendarDate) -> Key {
            Key(
                on: day,
                kind: kind,
                sku: block.skuPartNumber,
                tenant: block.tenantDomain,
                source: block.pool.source
            )
        }
        add(block.seats, key(.activated, block.startsOn))
        if let endedOn = block.endedOn { return add(block.seats, key(.replaced, endedOn)) }
        if let rightsEndOn { add(block.seats, key(.rightsEnd, rightsEndOn)) }
        if let serviceEndsOn = block.serviceEndsOn { add(block.seats, key(.serviceEnds, serviceEndsOn)) }
    }

    mutating func add(_ kind: TimelineResource.Kind, on day: CalendarDate, of token: Token) {
        let source = SeatSource.programDescription
        add(token.seats, Key(on: day, kind: kind, sku: token.skuPartNumber, tenant: nil, source: source))
    }

    private mutating func add(_ count: Int, _ key: Key) {
        guard contains(key.on) else { return }
        seats[key] = (seats[key] ?? 0).clampedSum(count)
    }

    var events: [TimelineResource.Event] {
        let order = TimelineResource.Kind.allCases
        return seats.map { key, seats in
            TimelineResource.Event(
                on: key.on,
                event: key.kind,
                seats: seats,
                skuPartNumber: key.sku,
                tenantDomain: key.tenant,
                source: key.source
            )
        }.sorted { left, right in
            func key(_ event: TimelineResource.Event) -> (CalendarDate, Int, String, String, String) {
                (
                    event.on, order.firstIndex(of: event.event) ?? 0, event.tenantDomain?.value ?? "",
                    event.skuPartNumber.key, event.source
                )
            }
            return key(left) < key(right)
        }
    }
}

extension SeatBlock {
    /// R32: the last day of the right to use it: the programme year's, or the day before the enrollment ended.
    fileprivate func rightsEndOn(of enrollment: Enrollment?, portal: PortalHistory) -> CalendarDate? {
        guard let rightsEndOn, let enrollment else { return rightsEndOn }
        return min(rightsEndOn, enrollment.seatsLicensedThrough(portal: portal))
    }
}
