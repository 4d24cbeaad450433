/// What a renewal would do, before it does it: a document that people read and keep, bound to the state that it was
/// made from.
public struct RenewalPlan: Hashable, Sendable, Codable {
    public let enrollmentID: EnrollmentID
    public let organizationID: OrganizationID
    /// The programme of the next year; another one than the closing year's for a change of tier (R09).
    public let programID: ProgramID
    /// The day of the renewal that was planned for.
    public let day: CalendarDate
    /// Whether a person named ``day``; otherwise a renewal happens on the day on which the plan is applied.
    public let isDayStated: Bool
    /// When the renewal was paid, where it was stated.
    public let paidOn: CalendarDate?
    public let closingYear: ProgramYear
    public let nextYear: ProgramYear
    /// The fingerprint of ``facts``.
    public let state: String
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
    /// The other enrollments that were placed together with this one, and where their new tokens are expected.
    public let together: [Companion]
    /// Who lapses when the placements are carried out, and why.
    public let uncovered: [Uncovered]
    /// Why the placement cannot be better, a sentence for each SKU.
    public let proofs: [String]
    /// Whether it is proven that no placement leaves fewer users without a seat.
    public let proven: Bool
    /// How the portal's tokens differ from the programme's figures; empty when they agree, or are minted.
    public let differences: [String]
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
        public let clippedBy: GrantLimit?

        public init(product: ProductLine, closing: Int, next: Int, clipped: Int, clippedBy: GrantLimit?) {
            self.product = product
            self.closing = closing
            self.next = next
            self.clipped = clipped
            self.clippedBy = clippedBy
        }
    }

    /// A token to issue.
    public struct Issue: Hashable, Sendable, Codable {
        public let skuPartNumber: SKUPartNumber
        public let seats: Int

        public init(skuPartNumber: SKUPartNumber, seats: Int) {
            self.skuPartNumber = skuPartNumber
            self.seats = seats
        }
    }

    /// Seats of one SKU on one tenant whose rights end with the closing year.
    public struct Lapse: Hashable, Sendable, Codable {
        public let tenantID: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
        public let rightsEndOn: CalendarDate
        /// The first day on which some of them end their service.
        public let serviceEndsOn: CalendarDate
        /// Everyone who holds a programme seat of the SKU there, in the order of their names.
        public let users: [UserPrincipalName]

        public init(
            tenantID: TenantID?,
            tenantDomain: DomainName,
            skuPartNumber: SKUPartNumber,
            seats: Int,
            rightsEndOn: CalendarDate,
            serviceEndsOn: CalendarDate,
            users: [UserPrincipalName]
        ) {
            self.tenantID = tenantID
            self.tenantDomain = tenantDomain
            self.skuPartNumber = skuPartNumber
            self.seats = seats
            self.rightsEndOn = rightsEndOn
            self.serviceEndsOn = serviceEndsOn
            self.users = users
        }
    }

    /// R45: a token, whole, for one tenant.
    public struct Placement: Hashable, Sendable, Codable {
        /// The index in ``issue``.
        public let issue: Int
        /// A plan that a person edited names the tenant by its id, by a domain, or by both.
        public let tenantID: TenantID?
        public let tenantDomain: DomainName?

        public init(issue: Int, tenantID: TenantID?, tenantDomain: DomainName?) {
            self.issue = issue
            self.tenantID = tenantID
            self.tenantDomain = tenantDomain
        }
    }

    /// Another enrollment that is due together with this one, and where its new tokens are expected, or are.
    public struct Companion: Hashable, Sendable, Codable {
        public let enrollmentID: EnrollmentID
        public let placements: [Placement]

        public init(enrollmentID: EnrollmentID, placements: [Placement]) {
            self.enrollmentID = enrollmentID
            self.placements = placements
        }

        public struct Placement: Hashable, Sendable, Codable {
            public let skuPartNumber: SKUPartNumber
            public let seats: Int
            public let tenantID: TenantID?
            public let tenantDomain: DomainName

            public init(skuPartNumber: SKUPartNumber, seats: Int, tenantID: TenantID?, tenantDomain: DomainName) {
                self.skuPartNumber = skuPartNumber
                self.seats = seats
                self.tenantID = tenantID
                self.tenantDomain = tenantDomain
            }
        }
    }

    /// R36: a sign-up of a tenant for a service without tokens, through the next year's enrollment.
    public struct SignUp: Hashable, Sendable, Codable {
        public let service: CloudService
        public let tenantID: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        public let seats: Int

        public init(
            service: CloudService,
            tenantID: TenantID?,
            tenantDomain: DomainName,
            skuPartNumber: SKUPartNumber,
            seats: Int
        ) {
            self.service = service
            self.tenantID = tenantID
            self.tenantDomain = tenantDomain
            self.skuPartNumber = skuPartNumber
            self.seats = seats
        }
    }

    /// Users who lapse, because no token is left for them or none can be taken.
    public struct Uncovered: Hashable, Sendable, Codable {
        public let tenantID: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        /// Who took their seats last.
        public let users: [UserPrincipalName]
        public let reason: String

        public init(
            tenantID: TenantID?,
            tenantDomain: DomainName,
            skuPartNumber: SKUPartNumber,
            users: [UserPrincipalName],
            reason: String
        ) {
            self.tenantID = tenantID
            self.tenantDomain = tenantDomain
            self.skuPartNumber = skuPartNumber
            self.users = users
            self.reason = reason
        }
    }

    public init(
        enrollmentID: EnrollmentID,
        organizationID: OrganizationID,
        programID: ProgramID,
        day: CalendarDate,
        isDayStated: Bool,
        paidOn: CalendarDate?,
        closingYear: ProgramYear,
        nextYear: ProgramYear,
        state: String,
        entitlement: [Change],
        issue: [Issue],
        void: [TokenID],
        lapses: [Lapse],
        placements: [Placement],
        signUps: [SignUp],
        together: [Companion],
        uncovered: [Uncovered],
        proofs: [String],
        proven: Bool,
        differences: [String],
        facts: [RenewalFact]
    ) {
        self.enrollmentID = enrollmentID
        self.organizationID = organizationID
        self.programID = programID
        self.day = day
        self.isDayStated = isDayStated
        self.paidOn = paidOn
        self.closingYear = closingYear
        self.nextYear = nextYear
        self.state = state
        self.entitlement = entitlement
        self.issue = issue
        self.void = void
        self.lapses = lapses
        self.placements = placements
        self.signUps = signUps
        self.together = together
        self.uncovered = uncovered
        self.proofs = proofs
        self.proven = proven
        self.differences = differences
        self.facts = facts
    }
}
