/// How what the registry holds of a tenant differs from what one of Microsoft's tools shows.
public struct ReconciliationResource: Hashable, Sendable, Codable {
    public let organizationId: OrganizationID
    /// As it is recorded; null until it is known.
    @Nullable public var tenantId: TenantID?
    public let tenantDomain: DomainName
    /// The account that signed up first.
    public let administrator: UserPrincipalName
    /// The day that the registry's side is of: today.
    public let asOf: CalendarDate
    /// What the file shows.
    public let contents: [ExportKind]
    /// How many SKUs and purchases it lists.
    public let skus: Int
    /// How many users with licences it lists.
    public let users: Int
    public internal(set) var differences: [ReconciliationDifference]
    /// What was left out of the comparison.
    public let ignored: [Ignored]
    /// What was carried out; null where nothing was asked for.
    @Nullable public internal(set) var applied: Applied?
    public let warnings: [Warning]

    /// A SKU that was left out of the comparison.
    public struct Ignored: Hashable, Sendable, Codable {
        /// As the export names it.
        public let skuPartNumber: String
        /// Null where the export does not say.
        @Nullable public var units: Int?
        /// How many users hold it; null where the export does not say.
        @Nullable public var users: Int?
        public let reason: Reason

        /// Why a SKU was left out.
        public enum Reason: String, Choice {
            public static let summary = "Why a SKU was left out of a comparison."

            /// It is free, and comes with a tenant or by itself.
            case free
            /// It has 10,000 units or more, which nobody bought.
            case manyUnits = "many-units"
            /// It was asked for.
            case asked
        }
    }

    /// What was carried out.
    public struct Applied: Hashable, Sendable, Codable {
        /// Whether the tenant's id was recorded.
        public internal(set) var tenantId = false
        public internal(set) var assigned = 0
        public internal(set) var released = 0
        /// What was refused, and left as it was.
        public internal(set) var refused: [Refused] = []
    }

    /// A user whose seat was not recorded, and why not.
    public struct Refused: Hashable, Sendable, Codable {
        public let userPrincipalName: UserPrincipalName
        public let skuPartNumber: SKUPartNumber
        public let code: String
        @Nullable public var rule: Rule?
        public let detail: String

        init(_ refused: SeatBatch.Refused) {
            userPrincipalName = refused.user
            skuPartNumber = refused.sku
            code = refused.refusal.code.rawValue
            rule = refused.refusal.rule
            detail = refused.refusal.detail
        }
    }

    init(_ comparison: Reconciliation) {
        let record = comparison.record
        organizationId = record.organization.id
        tenantId = record.tenant.id
        tenantDomain = record.tenant.domain
        administrator = record.tenant.administrator
        asOf = record.day
        contents = ExportKind.allCases.filter(comparison.export.kinds.contains)
        skus = comparison.export.skus.count
        users = comparison.export.users.count
        differences = comparison.differences
        ignored = comparison.ignored
        applied = nil
        warnings = comparison.warnings
    }
}

/// One difference, its cause, and what would settle it.
public struct ReconciliationDifference: Hashable, Sendable, Codable {
    public let code: Cause
    @Nullable public var rule: Rule?
    public internal(set) var detail: String
    @Nullable public var skuPartNumber: SKUPartNumber?
    @Nullable public var skuId: String?
    /// The seats or users that the export shows; null where it shows none in numbers.
    @Nullable public var reported: Int?
    /// The seats or users that are recorded.
    @Nullable public var recorded: Int?
    /// The seats that would have to be recorded.
    @Nullable public var seats: Int?
    @Nullable public var tokenId: TokenID?
    @Nullable public var enrollmentId: EnrollmentID?
    /// The tenant's id, as the export has it.
    @Nullable public var tenantId: TenantID?
    public internal(set) var userPrincipalNames: [UserPrincipalName]
    /// The purchases that make up ``seats``, as far as the export tells them apart.
    public internal(set) var purchases: [Purchase] = []
    public let settlement: Settlement
    /// Whether it can be settled here and now: the rest needs somebody to decide.
    public let isSafe: Bool

    /// A purchase as the export has it.
    public struct Purchase: Hashable, Sendable, Codable {
        public let seats: Int
        /// The day on which it can be recorded: its first, or the tenant's sign-up where that came later.
        @Nullable public var startsOn: CalendarDate?
        /// Null where it has no stated end, or one that is over.
        @Nullable public var endsOn: CalendarDate?
    }

    /// Why the two differ.
    public enum Cause: String, Choice {
        public static let summary = "Why the registry and an export differ."

        /// The tenant's id is not recorded.
        case tenantIDUnknown = "tenant.id-unknown"
        /// The catalogue does not know the SKU.
        case skuUnknown = "sku.unknown"
        /// R39: the SKU may not share the tenant with programme seats.
        case skuIncompatible = "sku.incompatible"
        /// Seats that are not recorded: a redemption or a purchase.
        case seatsUnrecorded = "seats.unrecorded"
        /// Seats that are recorded, and gone.
        case seatsLapsed = "seats.lapsed"
        /// Seats in warning, suspended or locked out, and recorded otherwise.
        case seatsOutOfService = "seats.out-of-service"
        /// More users than enabled seats.
        case seatsOverused = "seats.overused"
        /// Another number of users than is recorded.
        case usersDiffer = "users.differ"
        /// Users who hold a seat, which is not recorded.
        case assignmentUnrecorded = "assignment.unrecorded"
        /// Users whose seat is recorded, and who hold none.
        case assignmentGone = "assignment.gone"
    }

    /// What would settle a difference.
    public enum Settlement: String, Choice {
        public static let summary = "What would settle a difference."

        case setTenantID = "set-tenant-id"
        case redeem
        case signUp = "sign-up"
        case addSubscription = "add-subscription"
        case assign
        case release
        case importSKUs = "import-skus"
        /// An export of the users says who differs.
        case compareUsers = "compare-users"
        /// Something is to be decided.
        case review
    }

    init(
        _ code: Cause,
        rule: Rule? = nil,
        _ settlement: Settlement,
        sku: SKU? = nil,
        partNumber: String? = nil,
        skuID: String? = nil,
        reported: Int? = nil,
        recorded: Int? = nil,
        seats: Int? = nil,
        token: TokenID? = nil,
        enrollment: EnrollmentID? = nil,
        tenantID: TenantID? = nil,
        users: [UserPrincipalName] = [],
        _ detail: String
    ) {
        self.code = code
        self.rule = rule
        self.detail = detail
        skuPartNumber = sku?.partNumber ?? partNumber.flatMap { SKUPartNumber($0) }
        skuId = sku?.skuID ?? skuID
        self.reported = reported
        self.recorded = recorded
        self.seats = seats
        tokenId = token
        enrollmentId = enrollment
        tenantId = tenantID
        userPrincipalNames = users
        self.settlement = settlement
        isSafe = [.setTenantID, .assign, .release].contains(settlement)
    }

    /// What users of a difference have to do with it.
    static func sentence(_ cause: Cause, _ users: [UserPrincipalName], _ sku: SKUPartNumber) -> String {
        let who = users.count == 1 ? "\(users[0]) holds" : "\(users.count) users hold"
        return "\(who) \(sku) \(cause == .assignmentGone ? "here, and not there." : "there, and not here.")"
    }
}
