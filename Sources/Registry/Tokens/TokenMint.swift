/// Issues the tokens that grants bring, with codes of the registry's own.
struct TokenMint {
    let context: CommandContext

    /// Cuts every grant into tokens of its programme's denomination.
    ///
    /// - Parameter seats: by SKU, those of an earlier enrollment that go on in the same year: no tokens are needed for them.
    func mint(
        _ grants: [Grant],
        of program: Program,
        for enrollment: Enrollment,
        issuedOn: CalendarDate,
        beside seats: [SKUPartNumber: Int] = [:]
    ) throws -> [TokenID] {
        try grants.flatMap { grant in
            guard let denomination = program.benefit(for: grant.product)?.tokens else { return [TokenID]() }
            let needed = max(0, grant.granted - seats[denomination.skuPartNumber, default: 0])
            return try denomination.cut(needed).map { seats in
                try context.transaction.insert(
                    TokenDraft(
                        enrollmentID: enrollment.id,
                        skuPartNumber: denomination.skuPartNumber,
                        seats: seats,
                        code: try newCode(),
                        issuedOn: issuedOn,
                        recordedAt: context.now,
                        origin: .minted
                    )
                )
            }
        }
    }

    /// A code that the registry does not hold yet, as a token's or a product key's.
    func newCode() throws -> SealedCode {
        while true {
            let code = ActivationCode.minted(with: context.randomness)
            let lookup = context.secrets.lookup(for: code)
            guard try context.transaction.token(withCode: lookup) == nil,
                try context.transaction.productKeyOwner(withCode: lookup) == nil
            else { continue }
            return try context.seal(code)
        }
    }

    /// R28: refuses a product key where a token's code is given. What another organisation's code is, is not told.
    func checkIsNoProductKey(_ code: ActivationCode, of organization: OrganizationID) throws {
        guard let owner = try context.transaction.productKeyOwner(withCode: context.secrets.lookup(for: code)) else {
            return
        }
        guard owner == organization else { throw Refusal.codeTaken(lastGroup: code.lastGroup, by: nil) }
        throw Refusal(
            .tokenIsProductKey,
            rule: .r28,
            "The code ending in \(code.lastGroup) is a product key, not a token.",
            facts: ["maskedCode": code.masked]
        )
    }
}
