/// One token, its code masked.
public struct ShowToken: RegistryQuery {
    public static let summary = "Show a token, its code masked"

    let token: TokenID

    public func authorize(_ gate: AccessGate) throws -> Permitted<Token> {
        try gate.token(token, for: .keys)
    }

    public func answer(on token: Token, in context: QueryContext) throws -> TokenResource {
        let organization = try context.reading.requireOrganization(token.organizationID)
        return TokenResource(
            token,
            on: context.today(in: organization),
            skuID: try context.reading.sku(token.skuPartNumber)?.skuIDs.first,
            reservation: try context.reading.reservation(of: token, at: context.now)
        )
    }
}
