/// What the rules tell programmes apart by, as data: no rule names a programme.
///
/// A programme has the traits of its kind, which stand in `Catalogue/kinds.json`, but for those that a licence table states.
public struct ProgramTraits: Hashable, Sendable, Codable {
    /// What sort of standing an organisation has by it.
    public var standing = Standing.competency
    /// R05: what it grants may be used in the subscribing country alone.
    public var isLocal = false
    /// R44: whether it grants licences of its own.
    public var grantsLicenses = true
    /// R11, R44, R57: it rests on one that is active and has one of these standings; on none where the list is empty.
    public var needs: [Standing] = []
    /// R11, R44: where that one has to be.
    public var needsAt = Place.anywhere
    /// R11, R52: where it can be held once.
    public var oncePer = Scope.unlimited
    /// R52: whether it stacks with others of its standing.
    public var stacks = true
    /// R11, R53: the first and the last day on which it was sold or renewed; without an end while it is on sale.
    public var soldFrom: CalendarDate?
    public var soldThrough: CalendarDate?
    /// R07: training licences may stay on an older version.
    public var isExemptFromUpgrades = false
    /// R40: no other has larger maxima.
    public var hasLargestMaxima = false
    /// R09: the kind that may take its place during the year.
    public var upgradesTo: Program.Kind?
    /// R25, R26, R60: what an activation takes from a key's count.
    public var activations = Activations.every
    /// R58: what the next anniversary is counted from.
    public var anniversary = Anniversary.organization
    /// R54: how its benefits are redeemed.
    public var redemption = Redemption.code
    /// R47, R54: when the service of what was redeemed ends.
    public var serviceEnd = ServiceEnd.twelveMonths
    /// R37, R55: what adding seats does to the ends of those that are there.
    public var adding = Adding.separateEnds
    /// R37, R56: how seats are renewed.
    public var renewing = Renewing.add
    /// R39, R59: what may share a tenant with its seats.
    public var sharing = SharedTenant.enterpriseAndKiosk

    public init(standing: Standing = .competency) { self.standing = standing }

    public enum Standing: String, Choice {
        public static let summary = "What sort of standing a programme gives."

        case subscription
        case competency
        case designation
        case specialization
        case package
        case addOn = "add-on"

        /// In a sentence, with its article.
        var words: String {
            switch self {
            case .subscription: "an Action Pack"
            case .addOn: "an add-on"
            case .competency, .designation, .specialization, .package: "a \(rawValue)"
            }
        }
    }

    public enum Place: String, Choice {
        public static let summary = "Where the programme that another one needs has to be held."

        /// R11: at the same location, which is not the headquarters.
        case ownLocation = "own-location"
        /// R44: anywhere in the organisation.
        case anywhere
    }

    public enum Scope: String, Choice {
        public static let summary = "Where a programme can be held once."

        case unlimited
        case location
        case organization
        /// R52: once for each partner account, which is an organisation here.
        case account
    }

    public enum Activations: String, Choice {
        public static let summary = "What an activation takes from a key's count."

        /// R25: a new machine, or one with changed hardware.
        case changedMachines = "changed-machines"
        /// R26: every activation.
        case every
        /// R60: as R25, for all programmes alike.
        case changedMachinesForAll = "changed-machines-for-all"
    }

    public enum Anniversary: String, Choice {
        public static let summary = "What the anniversary after a renewal is counted from."

        /// As the organisation declares.
        case organization
        /// R58: 365 days after the payment, where the renewal falls into its window.
        case payment
    }

    public enum Redemption: String, Choice {
        public static let summary = "How a programme's benefits are redeemed."

        /// With 5x5 codes.
        case code
        /// R54: without a code, by an order at no cost.
        case purchase
    }

    public enum ServiceEnd: String, Choice {
        public static let summary = "When the service of what was redeemed ends."

        /// R47.
        case twelveMonths = "twelve-months"
        /// R54: with the programme's year.
        case offer
    }

    public enum Adding: String, Choice {
        public static let summary = "What adding seats does to the ends of those that are there."

        /// Each redemption keeps its own end.
        case separateEnds = "separate-ends"
        /// R55: all end on one day.
        case mergedEnds = "merged-ends"
    }

    public enum Renewing: String, Choice {
        public static let summary = "How seats are renewed."

        /// R37: by adding.
        case add
        /// R56: by extending, or by letting them lapse and activating anew.
        case extend
    }

    public enum SharedTenant: String, Choice {
        public static let summary = "Which seats from outside the programme may share a tenant with its own."

        /// R39.
        case enterpriseAndKiosk = "enterprise-and-kiosk"
        /// R59: business suites as well.
        case alsoBusiness = "also-business"
    }

    /// R47, R54: the last day of the service of what is ordered without a code.
    func benefitServiceEnd(redeemedOn day: CalendarDate, in year: ProgramYear) -> CalendarDate {
        switch serviceEnd {
        case .offer: year.endsOn
        case .twelveMonths: SeatBlockState.serviceEnd(redeemedOn: day)
        }
    }
}

extension ProgramTraits {
    /// What is left out is as it is without a say.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        standing = try fields.decode(Standing.self, forKey: .standing)
        isLocal = try fields.decodeIfPresent(Bool.self, forKey: .isLocal) ?? isLocal
        grantsLicenses = try fields.decodeIfPresent(Bool.self, forKey: .grantsLicenses) ?? grantsLicenses
        needs = try fields.decodeIfPresent([Standing].self, forKey: .needs) ?? needs
        needsAt = try fields.decodeIfPresent(Place.self, forKey: .needsAt) ?? needsAt
        oncePer = try fields.decodeIfPresent(Scope.self, forKey: .oncePer) ?? oncePer
        stacks = try fields.decodeIfPresent(Bool.self, forKey: .stacks) ?? stacks
        soldFrom = try fields.decodeIfPresent(CalendarDate.self, forKey: .soldFrom)
        soldThrough = try fields.decodeIfPresent(CalendarDate.self, forKey: .soldThrough)
        isExemptFromUpgrades =
            try fields.decodeIfPresent(Bool.self, forKey: .isExemptFromUpgrades) ?? isExemptFromUpgrades
        hasLargestMaxima = try fields.decodeIfPresent(Bool.self, forKey: .hasLargestMaxima) ?? hasLargestMaxima
        upgradesTo = try fields.decodeIfPresent(Program.Kind.self, forKey: .upgradesTo)
        activations = try fields.decodeIfPresent(Activations.self, forKey: .activations) ?? activations
        anniversary = try fields.decodeIfPresent(Anniversary.self, forKey: .anniversary) ?? anniversary
        redemption = try fields.decodeIfPresent(Redemption.self, forKey: .redemption) ?? redemption
        serviceEnd = try fields.decodeIfPresent(ServiceEnd.self, forKey: .serviceEnd) ?? serviceEnd
        adding = try fields.decodeIfPresent(Adding.self, forKey: .adding) ?? adding
        renewing = try fields.decodeIfPresent(Renewing.self, forKey: .renewing) ?? renewing
        sharing = try fields.decodeIfPresent(SharedTenant.self, forKey: .sharing) ?? sharing
    }

    /// Whether it was on sale on `day`.
    public func isSold(on day: CalendarDate) -> Bool {
        (soldFrom.map { $0 <= day } ?? true) && (soldThrough.map { day <= $0 } ?? true)
    }

    /// The rules that tell it from other programmes, in the order of their numbers.
    public var rules: [Rule] {
        let decided: [(Rule, Bool)] = [
            (.r05, isLocal),
            (.r07, !isExemptFromUpgrades),
            (.r09, upgradesTo != nil),
            (.r11, needsAt == .ownLocation),
            (.r25, activations == .changedMachines),
            (.r26, activations == .every),
            (.r29, redemption == .code),
            (.r37, redemption == .code && renewing == .add),
            (.r39, sharing == .enterpriseAndKiosk),
            (.r44, !grantsLicenses),
            (.r47, serviceEnd == .twelveMonths),
            (.r52, !stacks),
            (.r53, soldThrough != nil),
            (.r54, redemption == .purchase),
            (.r55, adding == .mergedEnds),
            (.r56, redemption == .code && renewing == .extend),
            (.r57, standing == .specialization),
            (.r58, anniversary == .payment),
            (.r59, sharing == .alsoBusiness),
            (.r60, activations == .changedMachinesForAll),
        ]
        return decided.filter(\.1).map(\.0)
    }
}
