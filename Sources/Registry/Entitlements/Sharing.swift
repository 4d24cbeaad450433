/// R03: who shares licences with whom.
///
/// A location that is not associated shares nothing in either direction, and has what is its own. It is no part of the
/// organisation that R02, R04, R12 and R38 speak of: they hold for it by itself.
public enum Sharing: Hashable, Sendable {
    /// The headquarters and the locations associated with it.
    case organization
    /// A location that is not associated.
    case apart(LocationID)

    public init(_ location: Location) {
        self = location.isHeadquarters || location.isAssociated ? .organization : .apart(location.id)
    }

    /// R03: refuses seats that others do not share with a location (`location.not-associated`).
    static func refusal(of location: Location, seats sku: SKUPartNumber, on tenant: DomainName) -> Refusal {
        let who =
            Sharing(location) == .organization
            ? "belong to a location that is not associated with the headquarters"
            : "belong to others, and \(location.id) is not associated with the headquarters"
        return Refusal(
            .locationNotAssociated,
            rule: .r03,
            "The programme's seats of \(sku) on \(tenant) \(who): such a location shares nothing in either direction. "
                + "Redeem a token of \(location.id)'s own there.",
            facts: ["location": location.id, "tenantDomain": tenant]
        )
    }

    /// How the seats of its tokens are told from others on a tenant: `program`, or `program (lyon)`.
    public var seatSource: String {
        switch self {
        case .organization: SeatSource.programDescription
        case .apart(let location): "\(SeatSource.programDescription) (\(location))"
        }
    }
}

extension Sharing: Decodable {
    private enum CodingKeys: CodingKey {
        case apart
    }

    public init(from decoder: any Decoder) throws {
        let location = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(LocationID.self, forKey: .apart)
        self = location.map(Self.apart) ?? .organization
    }
}
