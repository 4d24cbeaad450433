/// What a benefit says of itself beside its figures.
public struct BenefitTerms: Hashable, Sendable, Codable {
    /// Nil for the product line's own.
    public var unit: BenefitUnit?
    /// SKUs that it may be used as instead of its first.
    public var otherSKUs: [SKUPartNumber] = []
    /// R61: the days, from the enrollment's first, within which it has to be activated.
    public var activateWithinDays: Int?
    /// R62: the days after which its holder may be another.
    public var reassignAfterDays: Int?
    /// R62: how often its holder may be another.
    public var reassignments: Int?

    public init(
        unit: BenefitUnit? = nil,
        otherSKUs: [SKUPartNumber] = [],
        activateWithinDays: Int? = nil,
        reassignAfterDays: Int? = nil,
        reassignments: Int? = nil
    ) {
        self.unit = unit
        self.otherSKUs = otherSKUs
        self.activateWithinDays = activateWithinDays
        self.reassignAfterDays = reassignAfterDays
        self.reassignments = reassignments
    }

    /// R61: the last day on which a benefit of the year can be activated.
    public func activateBy(in year: ProgramYear) -> CalendarDate {
        guard let activateWithinDays else { return year.endsOn }
        return min(year.endsOn, year.startsOn.adding(days: activateWithinDays))
    }
}

/// What a benefit's quantity counts.
public enum BenefitUnit: String, Choice {
    public static let summary = "What a benefit's quantity counts."

    case seats
    case users
    case cores
    case licences
    case dollarsAMonth = "usd-a-month"
    case dollarsAYear = "usd-a-year"
    case creditsAMonth = "credits-a-month"

    /// In a sentence, after a number.
    public var words: String {
        switch self {
        case .seats, .users, .cores, .licences: rawValue
        case .dollarsAMonth: "USD a month"
        case .dollarsAYear: "USD a year"
        case .creditsAMonth: "credits a month"
        }
    }
}
