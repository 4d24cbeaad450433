/// An organisation's tokens, in the order of their ids.
public struct ListTokens: RegistryQuery {
    public static let summary = "List an organisation's tokens"

    let organization: OrganizationID
    var enrollment: EnrollmentID?
    var status: Token.Status?
    var after: TokenID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .keys)
    }

    public func answer(
        on organization: Organization,
        in context: QueryContext
    ) throws -> Page<TokenResource, TokenID> {
        if let enrollment {
            _ = try context.reading.requireEnrollment(enrollment, of: organization.id)
        }
        let today = context.today(in: organization)
        let filter = TokenFilter(
            organizationID: organization.id,
            enrollmentID: enrollment,
            status: status,
            asOf: today
        )
        let limit = limit ?? .standard
        let tokens = try context.reading.tokens(filter, after: after, limit: limit.value)
        var reservations: [TokenID: TokenReservation] = [:]
        if let first = tokens.first, let last = tokens.last {
            let inForce = try context.reading.reservations(in: organization.id, of: first.id...last.id, at: context.now)
            for reservation in inForce { reservations[reservation.tokenID] = reservation }
        }
        var skuIDs: [SKUPartNumber: String?] = [:]
        let items = try tokens.map { token in
            if skuIDs[token.skuPartNumber] == nil {
                skuIDs[token.skuPartNumber] = try context.reading.sku(token.skuPartNumber)?.skuIDs.first
            }
            return TokenResource(
                token,
                on: today,
                skuID: skuIDs[token.skuPartNumber] ?? nil,
                reservation: token.fate == .unredeemed ? reservations[token.id] : nil
            )
        }
        return Page(items: items, next: tokens.count == limit.value ? tokens.last?.id : nil)
    }
}
