/// What an organisation may use and uses of one product line, and whether a change is allowed.
///
/// A change that happened on an earlier day is asked about for every day since.
struct EntitlementOutlook {
    let product: ProductLine
    let organization: Organization
    /// R03: whose entitlement it is.
    let sharing: Sharing
    /// The day of the change.
    let day: CalendarDate
    let today: CalendarDate
    let reading: any RegistryReading
    /// What is brought of the line on the days in question.
    let history: GrantHistory

    init(
        product: ProductLine,
        organization: Organization,
        sharing: Sharing,
        from day: CalendarDate,
        in context: CommandContext
    ) throws {
        self.product = product
        self.organization = organization
        self.sharing = sharing
        self.day = day
        today = context.today(in: organization)
        reading = context.transaction
        history = try GrantHistory(of: organization, product: product, since: day, reading: reading)
    }

    private func grants(on day: CalendarDate) -> [Grant] {
        history.grants(on: day).filter { $0.sharing == sharing }.map(\.grant)
    }

    /// R02, R03, R05, R41: whether these changes are allowed from the day on.
    ///
    /// On the day itself they have to fit. On a later day they have to fit into what was granted on that day or into what
    /// is granted then, so that a licence which was given while there was one is not refused because it ended since.
    /// - Returns: why they are refused; nil when they are allowed.
    func shortfall(changes: [CountryCode: Int]) throws -> EntitlementShortfall? {
        let changes = changes.filter { $0.value != 0 }
        guard !changes.isEmpty else { return nil }
        return try shortfall(changes: changes, in: uses())
    }

    /// What is used on a day.
    struct DayUse {
        let day: CalendarDate
        var used: [CountryCode: Int]
    }

    /// What is used on the day, and on each later one that changes it.
    func uses() throws -> [DayUse] {
        guard day < today else {
            let used = try reading.use(of: product, in: organization.id).counted(of: product, sharing: sharing)
            return [DayUse(day: day, used: used)]
        }
        let used = try reading.use(of: product, in: organization.id, on: day).counted(of: product, sharing: sharing)
        var uses = [DayUse(day: day, used: used)]
        let later = try reading.useChanges(of: product, in: organization.id, sharing: sharing, after: day)
        for change in later {
            if uses[uses.endIndex - 1].day != change.day {
                uses.append(DayUse(day: change.day, used: uses[uses.endIndex - 1].used))
            }
            uses[uses.endIndex - 1].used[change.country, default: 0] += change.units
        }
        return uses
    }

    /// The same with what is used on the days in question, the first of which is the day itself.
    func shortfall(changes: [CountryCode: Int], in uses: [DayUse]) -> EntitlementShortfall? {
        for (index, use) in uses.enumerated() {
            guard let first = shortfall(changes, on: day, used: use.used) else { continue }
            if index == 0 { return first }
            if let refused = shortfall(changes, on: use.day, used: use.used) { return refused }
        }
        return nil
    }

    private func shortfall(
        _ changes: [CountryCode: Int],
        on day: CalendarDate,
        used: [CountryCode: Int]
    ) -> EntitlementShortfall? {
        let pool = EntitlementPool(product: product, grants: grants(on: day), used: used)
        return if case .failure(let shortfall) = pool.decision(changes: changes) { shortfall } else { nil }
    }
}

extension EntitlementOutlook {
    /// The refusal of one more use: what stopped it, what is left, what fills it, and the ways to more (R40).
    func refusal(_ shortfall: EntitlementShortfall, kind: AssignmentKind) throws -> Refusal {
        let country = shortfall.use.country
        let parts = try reading.use(of: product, in: organization.id).filter {
            $0.isCounted && $0.country == country && $0.sharing == sharing
        }
        return shortfall.refusal(
            of: organization.id,
            // What is used today says nothing about an earlier day that stands in the way.
            allocations: parts.reduce(0) { $0 + $1.units } != shortfall.use.used
                ? []
                : AssignmentKind.allCases.map { kind in
                    (kind.rawValue, parts.filter { $0.kind == kind }.reduce(0) { $0 + $1.units })
                },
            waysToMore: WayToMore.applying(
                to: try standing(in: country, kind: kind)
            )
        )
    }

    /// R40: what decides which ways to more apply.
    private func standing(in country: CountryCode, kind: AssignmentKind) throws -> WayToMore.Standing {
        let inForce = try reading.enrollments(of: organization.id).filter {
            $0.isInForce(on: day, portal: organization.portals)
        }
        let granted = GrantedSoFar(grants(on: day), of: product, in: country)
        return WayToMore.Standing(
            day: day,
            hasSubscription: inForce.contains { $0.traits.standing == .subscription },
            hasLargestMaxima: inForce.contains { $0.traits.hasLargestMaxima },
            hasLocationForToolkit: try reading.locations(of: organization.id).contains { location in
                let own = inForce.filter { $0.locationID == location.id }
                return !location.isHeadquarters && location.isAssociated
                    && own.contains { $0.traits.standing == .competency }
                    && !own.contains { $0.programKind == AdditionalBenefitToolkit.kind }
            },
            isCloudSeat: kind == .cloud,
            maximaLeaveRoom: granted.maximum == .none
                || (granted.inCountry < granted.maximum.country && granted.worldwide < granted.maximum.worldwide)
        )
    }
}
