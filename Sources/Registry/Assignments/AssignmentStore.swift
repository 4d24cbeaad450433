public protocol AssignmentReading {
    /// All that the user ever held in the organisation, in the order of their ids.
    func assignments(of user: UserPrincipalName, in organization: OrganizationID) throws -> [Assignment]
    /// What lasts, in the order of the ids.
    func openAssignments(_ filter: AssignmentFilter, after id: AssignmentID?, limit: Int) throws -> [Assignment]
    /// Whether anybody ever held anything at the location.
    func hasAssignments(at location: LocationID, of organization: OrganizationID) throws -> Bool
    /// How the organisation uses a product line, or every one, at the end of what is recorded. Sums that are kept.
    func use(of product: ProductLine?, in organization: OrganizationID) throws -> [UseSum]
    /// The same on a day, from the history.
    func use(of product: ProductLine?, in organization: OrganizationID, on day: CalendarDate) throws -> [UseSum]
    /// What changed after `day` in the use that counts and takes from one entitlement (R03), in the order of the days.
    func useChanges(
        of product: ProductLine,
        in organization: OrganizationID,
        sharing: Sharing,
        after day: CalendarDate
    ) throws -> [UseChange]
    /// What the use of a product line on a day consists of, with the ledger's rows.
    func useParts(of product: ProductLine, in organization: OrganizationID, on day: CalendarDate) throws -> [UsePart]
    /// Holds every sum that is kept against the history.
    func usageFindings() throws -> [Finding]
}

public protocol AssignmentWriting {
    /// Records an assignment and gives it its number.
    /// - Parameter sequence: the ledger's row.
    func insert(_ draft: AssignmentDraft, recordedAt: Instant, sequence: Int64) throws -> AssignmentID
    /// Sets the assignment's end, once.
    /// - Parameter day: the first day without it.
    func end(_ assignment: AssignmentID, on day: CalendarDate, recordedAt: Instant, sequence: Int64) throws
}

/// Which assignments are asked for.
public struct AssignmentFilter: Hashable, Sendable {
    public let organizationID: OrganizationID
    /// Nil for both.
    public var kind: AssignmentKind?
    /// Nil for every product line.
    public var product: ProductLine?
    /// Nil for every tenant, and for none.
    public var tenant: DomainName?
    /// Nil for every SKU, and for none.
    public var skuPartNumber: SKUPartNumber?
    /// Nil for every location.
    public var locationID: LocationID?
}

/// Whether a use takes from the entitlement, and why not.
public enum UseStanding: String, Choice {
    public static let summary = "Whether a use counts against the entitlement."

    case counted
    /// R06: for demonstration or training.
    case exempt
    /// R42: bought outside the programme.
    case outside
}

/// How many assignments of one kind an organisation has of a product line in a country.
public struct UseSum: Hashable, Sendable, Decodable {
    public let product: ProductLine
    public let country: CountryCode
    public let kind: AssignmentKind
    public let standing: UseStanding
    /// R03: whose entitlement it takes from.
    public let sharing: Sharing
    public let units: Int

    public var isCounted: Bool { standing == .counted }
}

/// How the use that counts changed in a country on a day.
public struct UseChange: Hashable, Sendable, Decodable {
    public let day: CalendarDate
    public let country: CountryCode
    public let units: Int
}

/// A part of a product line's use on a day.
public struct UsePart: Hashable, Sendable, Decodable {
    public let country: CountryCode
    public let kind: AssignmentKind
    /// Nil on-premises.
    public let tenantDomain: String?
    public let purpose: UsePurpose
    /// R42: where it was bought outside the programme.
    public let source: String?
    public let isCounted: Bool
    /// R03: whose entitlement it takes from.
    public let sharing: Sharing
    public let units: Int
    /// The ledger rows that made them, in order; the first of them when there are many.
    public var auditSequences: [Int64] { sequences.split(separator: ",").compactMap { Int64($0) }.sorted() }
    let sequences: String

    /// So many rows of the ledger are named for one part at most.
    public static let sequenceLimit = 100
}

extension Sequence<UseSum> {
    /// R03, R06, R41, R42: the uses of a product line that count, cloud and on-premises together.
    func counted(of product: ProductLine, sharing: Sharing) -> [CountryCode: Int] {
        var used: [CountryCode: Int] = [:]
        for sum in self where sum.isCounted && sum.product == product && sum.sharing == sharing {
            used[sum.country, default: 0] += sum.units
        }
        return used
    }
}
