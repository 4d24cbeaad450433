/// What a renewal would do, before it does it: a document that people read and keep, bound to the state that it was
/// made from.
public struct RenewalPlan: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    /// The programme of the next year; another one than the closing year's for a change of tier (R09).
    public let program: ProgramID
    /// The day of the renewal that was stated; null for the day on which the plan is applied.
    @Nullable public var on: CalendarDate?
    /// The day that the figures are of.
    public let plannedFor: CalendarDate
    /// When the renewal was paid, where it was stated.
    @Nullable public var paidOn: CalendarDate?
    public let closingYear: ProgramYear
    public let nextYear: ProgramYear
    /// What the organisation gets of each product line for the closing year and for the next (R33).
    public let entitlement: [Change]
    /// The tokens that the renewal issues, one item for each. Placements name them by their index.
    public let issue: [Issue]
    /// R33: the tokens that nobody redeemed, and that are void after the closing year.
    public let void: [TokenID]
    /// R32, R47: what ends, by tenant and SKU.
    public let lapses: [Lapse]
    /// Which new token would carry a tenant on. What people may edit before a plan is applied.
    public var placements: [Placement]
    /// R36: the sign-ups that carry services without tokens on.
    public let signUps: [SignUp]
    /// Who lapses when the placements are carried out, and why.
    public let uncovered: [Uncovered]
    /// The other enrollments that were placed together with this one, and where their new tokens are expected.
    public let together: [Companion]
    /// Why the placement cannot be better, a sentence for each SKU.
    public let proofs: [String]
    /// Whether it is proven that no placement leaves fewer users without a seat.
    public let proven: Bool
    /// How the portal's tokens differ from the programme's figures; empty when they agree, or are minted.
    public let differences: [String]
    /// What the plan is bound to: the fingerprint of ``facts``.
    public let state: String
    /// The state that the plan was made from.
    public let facts: [RenewalFact]

    /// A product line's figures in the two years.
    public struct Change: Hashable, Sendable, Codable {
        public let product: ProductLine
        /// Granted for the closing year.
        public let closing: Int
        /// Granted for the next year.
        public let next: Int
        /// R12: what the next year's benefit names beyond that, and does not fit.
        public let clipped: Int
        @Nullable public var clippedBy: GrantLimit?
    }

    /// A token to issue.
    public struct Issue: Hashable, Sendable, Codable {
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
    }

    /// Seats of one SKU on one tenant whose rights end with the closing year.
    public struct Lapse: Hashable, Sendable, Codable {
        @Nullable public var tenantId: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
        public let rightsEndOn: CalendarDate
        /// The first day on which some of them end their service.
        public let serviceEndsOn: CalendarDate
        /// Everyone who holds a programme seat of the SKU there, in the order of their names.
        public let users: [UserPrincipalName]
    }

    /// R45: a token, whole, for one tenant.
    public struct Placement: Hashable, Sendable, Codable {
        /// The index in ``issue``.
        public let issue: Int
        /// A plan that a person edited names the tenant by its id, by a domain, or by both.
        @Nullable public var tenantId: TenantID?
        @Nullable public var tenantDomain: DomainName?
    }

    /// Another enrollment that is due together with this one, and where its new tokens are expected, or are.
    public struct Companion: Hashable, Sendable, Codable {
        public let enrollmentId: EnrollmentID
        public let placements: [Placement]

        public struct Placement: Hashable, Sendable, Codable {
            public let skuPartNumber: SKUPartNumber
            public let seats: Int
            @Nullable public var tenantId: TenantID?
            public let tenantDomain: DomainName
        }
    }

    /// R36: a sign-up of a tenant for a service without tokens, through the next year's enrollment.
    public struct SignUp: Hashable, Sendable, Codable {
        public let service: CloudService
        @Nullable public var tenantId: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
    }

    /// Users who lapse, because no token is left for them or none can be taken.
    public struct Uncovered: Hashable, Sendable, Codable {
        @Nullable public var tenantId: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        /// Who took their seats last.
        public let users: [UserPrincipalName]
        public let reason: String
    }

    /// The day of the renewal that was planned for.
    var day: CalendarDate { on ?? plannedFor }
}

extension RenewalPlan {
    /// Whether it can be a plan for `enrollment`: a person may have edited it.
    /// - Throws: `Refusal` with `input.invalid`, which names the field.
    func check(for enrollment: EnrollmentID) throws(Refusal) {
        guard enrollmentId == enrollment else {
            throw .invalidField("plan", enrollmentId.value, "it is a plan for \(enrollment)")
        }
        for seats in issue.map(\.seats) + together.flatMap({ $0.placements.map(\.seats) })
        where !IssuedCode.seatRange.contains(seats) {
            throw .invalidField("seats", String(seats), "it is a number from 1 to 1000000")
        }
        for placement in placements where placement.tenantId == nil && placement.tenantDomain == nil {
            throw .invalidField("placements", "\(placement.issue)", "it names a tenantId or a tenantDomain")
        }
    }
}
