/// A single-use 5x5 code that activates seats of one SKU on one tenant, and what became of it.
public struct Token: Hashable, Sendable, Decodable, Numbered {
    public static let numberPrefix = "T"

    public let id: TokenID
    public let organizationID: OrganizationID
    public let enrollmentID: EnrollmentID
    public let skuPartNumber: SKUPartNumber
    /// The seats it is worth; all of them go to one tenant (R45).
    public let seats: Int
    /// The code's last group, which may be shown.
    public let lastGroup: String
    public let issuedOn: CalendarDate
    /// R33: the last day on which it can be redeemed.
    public let redeemableThrough: CalendarDate
    public let fate: Fate
    public let origin: Origin
    /// R46: the token that this one replaces.
    public let replaces: TokenID?

    /// Where its code comes from.
    public enum Origin: String, Choice {
        public static let summary = "Where a token's code comes from: this registry, or the portal."

        /// Made by this registry: only a portal that took the code from it redeems it.
        case minted
        /// Given by the portal.
        case imported
    }

    /// What the ledger says became of a token.
    public enum Fate: Hashable, Sendable {
        case unredeemed
        case redeemed(RedemptionSummary)
        /// Voided on a day, by a renewal or because its enrollment ended.
        case void(on: CalendarDate)
        /// R46: redeemed on the wrong tenant, and replaced by another token.
        case replaced(RedemptionSummary, by: TokenID, on: CalendarDate)

        public var redemption: RedemptionSummary? {
            switch self {
            case .redeemed(let redemption), .replaced(let redemption, _, _): redemption
            case .unredeemed, .void: nil
            }
        }
    }

    public enum Status: String, Choice {
        public static let summary = "How a token stands on a day."

        case unredeemed
        case redeemed
        case void
        case replaced
    }

    /// R33: a token that was not redeemed in its programme year is void after it.
    public func status(on day: CalendarDate) -> Status {
        switch fate {
        case .redeemed: .redeemed
        case .replaced: .replaced
        case .void(let voidedOn): day >= voidedOn ? .void : .unredeemed
        case .unredeemed: day > redeemableThrough ? .void : .unredeemed
        }
    }

    public var maskedCode: String { ActivationCode.masked(lastGroup: lastGroup) }
}

public typealias TokenID = NumberedIdentifier<Token>

extension Token.Fate: Decodable {
    private enum CodingKeys: CodingKey {
        case redemption
        case replacement
        case replacedOn
        case voidedOn
    }

    /// From the days on which something befell it.
    public init(from decoder: any Decoder) throws {
        let facts = try decoder.container(keyedBy: CodingKeys.self)
        if let redemption = try facts.decodeIfPresent(RedemptionSummary.self, forKey: .redemption) {
            guard let replacement = try facts.decodeIfPresent(TokenID.self, forKey: .replacement) else {
                self = .redeemed(redemption)
                return
            }
            self = .replaced(redemption, by: replacement, on: try facts.decode(CalendarDate.self, forKey: .replacedOn))
        } else if let day = try facts.decodeIfPresent(CalendarDate.self, forKey: .voidedOn) {
            self = .void(on: day)
        } else {
            self = .unredeemed
        }
    }
}

/// When and where a token was redeemed.
public struct RedemptionSummary: Hashable, Sendable, Codable {
    public let on: CalendarDate
    public let tenantID: TenantID?
    public let tenantDomain: DomainName
}
