/// The seats that one redemption activated on one tenant, or that one purchase brought there.
///
/// R31: seats never move, and no block is ever removed; what was recorded wrongly of one is corrected.
public struct SeatBlock: Hashable, Sendable, Decodable, Numbered {
    public static let numberPrefix = "B"

    public let id: SeatBlockID
    public let tenantDomain: DomainName
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    public let source: SeatSource
    /// R03: who may hold its seats, where the programme gave them.
    public let sharing: Sharing
    public let startsOn: CalendarDate
    /// R32: the last day of the programme year that grants them; nil for purchased seats.
    public let rightsEndOn: CalendarDate?
    /// R47: the last day of the service, extensions included; nil for a purchase without a stated end.
    public let serviceEndsOn: CalendarDate?
    /// R46: the first day without the seats, where a replacement ended them.
    public let endedOn: CalendarDate?

    /// The seats on the tenant that users take one of without telling blocks apart.
    public var pool: SeatPool {
        SeatPool(skuPartNumber: skuPartNumber, source: source.isProgram ? sharing.seatSource : source.description)
    }

    /// R50: what the seats are worth to their users on `day`.
    public func status(on day: CalendarDate) -> SeatBlockStatus {
        guard let serviceEndsOn else { return endedOn.map { day >= $0 } ?? false ? .deleted : .enabled }
        return SeatBlockState(serviceEndsOn: serviceEndsOn, endedOn: endedOn).status(on: day)
    }
}

public typealias SeatBlockID = NumberedIdentifier<SeatBlock>

/// Where seats come from.
public enum SeatSource: Hashable, Sendable {
    /// A redeemed token of an enrollment.
    case token(TokenID, enrollment: EnrollmentID)
    /// A service without tokens, granted by an enrollment (R36).
    case enrollment(EnrollmentID)
    /// Bought outside the programme, in the administrator's words.
    case purchase(String)

    public var tokenID: TokenID? {
        if case .token(let id, _) = self { id } else { nil }
    }

    public var enrollmentID: EnrollmentID? {
        switch self {
        case .token(_, let enrollment), .enrollment(let enrollment): enrollment
        case .purchase: nil
        }
    }

    public var isProgram: Bool { enrollmentID != nil }

    /// `program`, or the purchase's own words.
    public var description: String {
        if case .purchase(let words) = self { words } else { Self.programDescription }
    }

    /// How the programme's own seats are described.
    public static let programDescription = "program"
}

extension SeatSource: Decodable {
    private enum CodingKeys: CodingKey {
        case enrollmentID
        case token
        case purchaseSource
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        guard let enrollment = try fields.decodeIfPresent(EnrollmentID.self, forKey: .enrollmentID) else {
            self = .purchase(try fields.decode(String.self, forKey: .purchaseSource))
            return
        }
        let token = try fields.decodeIfPresent(TokenID.self, forKey: .token)
        self = token.map { .token($0, enrollment: enrollment) } ?? .enrollment(enrollment)
    }
}
