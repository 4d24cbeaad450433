/// All that a renewal is planned from, as values.
public struct RenewalSituation: Hashable, Sendable {
    public let organization: Organization
    /// The enrollment that closes.
    public let enrollment: Enrollment
    /// The programme of the next year.
    public let program: Program
    /// What the closing year was granted.
    public let closingGrants: [Grant]
    /// What the organisation's other enrollments would be granted by themselves when the next year begins (R33).
    public let otherGrants: [Grant]
    /// R12: what the next year grants when it begins, beside what the other enrollments have.
    public let nextGrants: [Grant]
    /// The closing year's tokens.
    public let tokens: [Token]
    /// By tenant and SKU, in that order.
    public let seats: [SeatUse]
    /// R03, R05: who may use the next year's seats.
    public let scope: SeatScope
    /// The organisation's other enrollments that are due together with this one, in the order of their ids.
    public var together: [Companion] = []
    /// The tenants on which this enrollment, and each that is due together with it, ever had seats.
    public var carried: [EnrollmentID: Set<DomainName>] = [:]
    /// The day of the renewal.
    public let day: CalendarDate
    public let paidOn: CalendarDate?
    /// What the portal issued, where it did; nil for what the entitlement brings.
    public let issued: [RenewalPlan.Issue]?

    /// The programme's seats of one SKU on one tenant, and who sits on them.
    public struct SeatUse: Hashable, Sendable {
        public let tenantID: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        /// Who took their seats last first.
        public let holders: [Holder]
        /// The blocks that the closing year's enrollment brought, while they are not deleted.
        public let closingBlocks: [SeatBlock]
        /// Seats that stay licensed, or are planned here already: those of enrollments that are not due together.
        public var staying: [SeatScope: Int] = [:]
        /// Seats that the enrollments due together bring here, as far as that is settled: they were renewed before, or the
        /// service has no tokens (R36).
        public var renewed: [SeatScope: Int] = [:]
        /// R39: why the tenant takes no programme tokens; nil where it does.
        public var refusal: String?
        /// R36: the service without tokens that the seats are of; nil for seats that come from tokens.
        public var service: CloudService?

        /// Who took their seats last first.
        public var users: [UserPrincipalName] { holders.map(\.user) }
    }

    /// A user with a seat.
    public struct Holder: Hashable, Sendable {
        public let user: UserPrincipalName
        /// The user's location, with its country: what a seat's scope has to include.
        public let place: SeatScope
    }

    /// Another enrollment of the organisation that is due together with the one that closes.
    public struct Companion: Hashable, Sendable {
        public let enrollment: Enrollment
        public let scope: SeatScope
        /// The programme of its next year.
        public let programID: ProgramID
        /// What its renewal brings, or brought; none where it cannot be renewed.
        public let tokens: [RenewalPlan.Issue]
        /// Where its new tokens are, or are to be redeemed; nil while it is not renewed.
        public let placements: [RenewalPlan.Companion.Placement]?
    }

    /// The year that the renewal begins.
    ///
    /// R09: at Partner Center, who goes from silver to gold gets a year that is counted from the purchase.
    public var nextYear: ProgramYear {
        Self.nextYear(enrollment, program: program, organization: organization, day: day, paidOn: paidOn)
    }

    static func nextYear(
        _ enrollment: Enrollment,
        program: Program,
        organization: Organization,
        day: CalendarDate,
        paidOn: CalendarDate?
    ) -> ProgramYear {
        // R58: by the payment alone, 365 days.
        if program.traits.anniversary == .payment, enrollment.programKind == program.kind {
            return enrollment.year.next(length: .days365, basis: .payment, renewedOn: day, paidOn: paidOn)
        }
        let isUpgrade = enrollment.traits.upgradesTo == program.kind
        return enrollment.year.next(
            length: organization.yearLength,
            basis: isUpgrade && organization.portal == .partnerCenter ? .renewal : organization.anniversaryBasis,
            renewedOn: day,
            paidOn: paidOn
        )
    }
}

extension RenewalSituation {
    /// What a plan rests on, in the order of the subjects. What does not bear on the renewal is not among them.
    public var facts: [RenewalFact] {
        var facts: [RenewalFact] = [
            RenewalFact("enrollment \(enrollment.id)", Self.text(enrollment)),
            RenewalFact("next year", "\(nextYear.startsOn) to \(nextYear.endsOn)"),
            RenewalFact("programme \(program.id)", Self.text(program)),
        ]
        facts += tokens.map { RenewalFact("token \($0.id)", Self.text($0)) }
        facts += Set(program.grantedBenefits.map(\.product)).map { product in
            let granted = GrantedSoFar(otherGrants, of: product, in: enrollment.country)
            return RenewalFact(
                "\(product) of other enrollments",
                "\(granted.inCountry) in \(enrollment.country), \(granted.worldwide) worldwide, "
                    + "maximum \(granted.maximum.country) and \(granted.maximum.worldwide)"
            )
        }
        facts += nextGrants.map {
            RenewalFact("\($0.product) of the next year", "\($0.granted) of \($0.quantity) granted")
        }
        for use in seats {
            let place = "\(use.skuPartNumber) on \(use.tenantDomain)"
            facts += use.closingBlocks.map { block in
                RenewalFact(
                    "seat block \(block.id)",
                    "\(block.seats) seats of \(place), service through \(block.serviceEndsOn?.description ?? "-")"
                )
            }
            facts.append(RenewalFact("users of \(place)", Self.text(use.holders)))
            facts.append(RenewalFact("other licensed seats of \(place)", Self.text(use.staying)))
            facts.append(RenewalFact("new tokens of \(place)", use.refusal ?? "can be redeemed"))
        }
        facts += together.map { RenewalFact("renewal of \($0.enrollment.id)", Self.text($0)) }
        return facts.sorted { $0.subject < $1.subject }
    }

    private static func text(_ holders: [Holder]) -> String {
        let counts = Dictionary(holders.map { ($0.place, 1) }, uniquingKeysWith: +)
        return counts.isEmpty ? "none" : counts.map { "\($0.value) \($0.key.place)" }.sorted().joined(separator: ", ")
    }

    private static func text(_ seats: [SeatScope: Int]) -> String {
        let seats = seats.filter { $0.value > 0 }
        return seats.isEmpty ? "none" : seats.map { "\($0.value) \($0.key.reach)" }.sorted().joined(separator: ", ")
    }

    private static func text(_ companion: Companion) -> String {
        if let ending = companion.enrollment.ending, ending.kind != .renewed {
            return "\(ending.kind.rawValue) on \(ending.on)"
        }
        let tokens = Dictionary(companion.tokens.map { ($0, 1) }, uniquingKeysWith: +)
            .map { "\($0.value) of \($0.key.seats) seats of \($0.key.skuPartNumber)" }.sorted()
        return "\(companion.programID), \(tokens.isEmpty ? "no tokens" : "tokens: " + tokens.joined(separator: ", "))"
    }

    private static func text(_ enrollment: Enrollment) -> String {
        "\(enrollment.programID) from \(enrollment.year.startsOn) to \(enrollment.year.endsOn)"
    }

    private static func text(_ token: Token) -> String {
        let worth = "\(token.seats) seats of \(token.skuPartNumber), "
        return switch token.fate {
        case .unredeemed: worth + "unredeemed"
        case .redeemed(let redemption): worth + "redeemed on \(redemption.on) for \(redemption.tenantDomain)"
        case .void(let day): worth + "void since \(day)"
        case .replaced(_, let replacement, let day): worth + "replaced by \(replacement) on \(day)"
        }
    }

    private static func text(_ program: Program) -> String {
        guard !program.grantedBenefits.isEmpty else { return "grants nothing" }
        return program.grantedBenefits.map { benefit in
            let tokens = benefit.tokens.map { " in tokens of \($0.seats) \($0.skuPartNumber)" } ?? ""
            return "\(benefit.product) \(benefit.quantity)\(tokens), maximum \(benefit.maximum.country) and "
                + "\(benefit.maximum.worldwide)"
        }.joined(separator: "; ")
    }
}
