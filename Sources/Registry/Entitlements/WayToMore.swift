/// R40: a way to more licences when they run out. The raw value is its stable name.
public enum WayToMore: String, Choice {
    public static let summary = "How an organisation comes to more entitlement."

    case anotherSubscription = "another-subscription"
    case additionalBenefitToolkit = "additional-benefit-toolkit"
    case anotherCompetency = "another-competency"
    case largestMaxima = "gold-competency"
    case salesRequirements = "sales-requirements"
    case discountedSeats = "discounted-seats"
    case volumeLicensing = "volume-licensing"

    /// What an administrator can do, as a clause without its full stop.
    public func sentence(country: CountryCode) -> String {
        switch self {
        case .anotherSubscription: "another Action Pack subscription, for use in its own country (here \(country))"
        case .additionalBenefitToolkit:
            "an additional benefit toolkit for an associated location with a competency of its own"
        case .anotherCompetency: "another competency"
        case .largestMaxima: "a gold competency, which has larger maxima"
        case .salesRequirements: "the seats earned by meeting the Action Pack's sales requirements"
        case .discountedSeats: "seats at the partner discount, which do not count against the entitlement"
        case .volumeLicensing: "licences from a volume-licensing specialist, which do not count against the entitlement"
        }
    }

    /// R40: the ways that apply to this organisation, in the order in which the rule names them.
    ///
    /// What only adds to the entitlement (subscription, toolkit, competency, sales) is named where the maxima leave
    /// room for it. Where they do not, a gold competency helps an organisation that has none, since it brings larger
    /// ones.
    public static func applying(to standing: Standing) -> [WayToMore] {
        allCases.filter { way in
            switch way {
            case .anotherSubscription, .anotherCompetency: standing.maximaLeaveRoom
            case .additionalBenefitToolkit:
                standing.maximaLeaveRoom && standing.hasLocationForToolkit
                    && AdditionalBenefitToolkit.isSold(on: standing.day)
            case .largestMaxima: !standing.maximaLeaveRoom && !standing.hasLargestMaxima
            case .salesRequirements: standing.maximaLeaveRoom && standing.hasSubscription && standing.isCloudSeat
            case .discountedSeats: standing.isCloudSeat
            case .volumeLicensing: true
            }
        }
    }

    /// What decides which ways an organisation has, on one day and for one product line.
    public struct Standing: Hashable, Sendable {
        public let day: CalendarDate
        /// Holds an active Action Pack.
        public let hasSubscription: Bool
        /// Holds an active programme with the largest maxima.
        public let hasLargestMaxima: Bool
        /// Has a location that R11 would allow a toolkit.
        public let hasLocationForToolkit: Bool
        /// The line was asked for as a cloud seat, and not on-premises.
        public let isCloudSeat: Bool
        /// Both maxima allow more than is granted, so that another grant would not be clipped to nothing (R12).
        public let maximaLeaveRoom: Bool
    }
}
