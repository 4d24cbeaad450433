public protocol TokenReading {
    func token(_ id: TokenID) throws -> Token?
    func token(withCode lookup: CodeLookup) throws -> Token?
    /// In the order of their ids, after `id`.
    func tokens(_ filter: TokenFilter, after id: TokenID?, limit: Int) throws -> [Token]
    /// The tokens that an enrollment brought, in order.
    func tokenIDs(of enrollment: EnrollmentID) throws -> [TokenID]
    /// The seats of an enrollment's tokens by SKU, as of a day or of all days; what is void or was replaced is left out.
    func tokenSeats(of enrollment: EnrollmentID, asOf day: CalendarDate?) throws -> [SKUPartNumber: Int]
    /// Those that can still be redeemed on `day`, by their last day, enrollment and SKU.
    func unredeemedTokens(of organization: OrganizationID, on day: CalendarDate) throws -> [UnredeemedTokens]
    func sealedCode(of token: TokenID) throws -> SealedCode?
    /// Whether the code is a product key's (R28), and whose.
    func productKeyOwner(withCode lookup: CodeLookup) throws -> OrganizationID?
    /// The last token and the last product key that there are.
    func codeMark() throws -> CodeMark
}

public protocol TokenWriting {
    /// Issues a token and gives it its number.
    /// - Throws: `Refusal` with `code.taken` when the registry holds the code already; another organisation's token is not
    ///   named.
    func insert(_ draft: TokenDraft) throws -> TokenID
    /// R29: at most one for each token, for ever.
    /// - Throws: `Refusal` with `token.already-redeemed` when there is one.
    func insert(_ redemption: Redemption) throws
    /// R46: records that a redeemed token was replaced by another one.
    /// - Throws: `Refusal` with `token.already-replaced` when it was before.
    /// From `day` on the token is void.
    func void(_ token: TokenID, on day: CalendarDate, recordedAt: Instant) throws
    func replace(_ token: TokenID, by replacement: TokenID, on day: CalendarDate, recordedAt: Instant) throws
}

/// A token before it has its number.
public struct TokenDraft: Hashable, Sendable {
    public let enrollmentID: EnrollmentID
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    public let code: SealedCode
    public let issuedOn: CalendarDate
    public let recordedAt: Instant
    public let origin: Token.Origin
    public var replaces: TokenID?
}

/// The redemption of a token, as it is recorded.
public struct Redemption: Hashable, Sendable {
    public let tokenID: TokenID
    public let tenantDomain: DomainName
    public let intent: RedemptionIntent
    /// The seats it made; nil when it extended seats that were there.
    public let seatBlockID: SeatBlockID?
    public let redeemedOn: CalendarDate
    public let recordedAt: Instant
}

/// Which tokens are asked for.
public struct TokenFilter: Hashable, Sendable {
    public var organizationID: OrganizationID
    public var enrollmentID: EnrollmentID?
    public var status: Token.Status?
    /// The day that ``status`` is seen from.
    public var asOf: CalendarDate
}

extension TokenReading {
    /// - Throws: `Refusal` with `token.not-found`.
    func requireToken(_ id: TokenID) throws -> Token {
        if let token = try token(id) { return token }
        throw Refusal.tokenNotFound(id)
    }
}

extension Refusal {
    /// The registry holds the code as a token's already.
    /// - Parameter token: nil for another organisation's.
    public static func codeTaken(lastGroup: String, by token: TokenID?) -> Refusal {
        Refusal(
            .codeTaken,
            "The registry already holds the code ending in \(lastGroup)\(token.map { ", as token \($0)" } ?? "").",
            facts: token.map { ["tokenId": $0] } ?? [:]
        )
    }

    static func tokenNotFound(_ id: TokenID) -> Refusal {
        Refusal(.tokenNotFound, "There is no token \(id).", facts: ["tokenId": id])
    }
}
