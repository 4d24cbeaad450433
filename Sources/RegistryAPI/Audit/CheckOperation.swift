public import Registry

public struct CheckResource: Codable, Sendable {
    public let sound: Bool
    public let findings: [Finding]
    /// What is as it was recorded, and should be known all the same; a registry with notes is sound.
    public let notes: [Finding]
    /// How many rows of the ledger were verified.
    public let ledgerRows: Int64
    /// How many codes there are, and how many of them were opened.
    public let codes: Int
    public let codesOpened: Int
}

public enum CheckOperation: Operation {
    public static let route = Route(.get, "/v1/check", "check", "Prove the registry sound, or say what is not")

    public static func perform(_ input: NoInput, in call: Call) async throws -> CheckResource {
        let answer = try await call.answer(CheckQuery())
        return CheckResource(
            sound: answer.isSound,
            findings: answer.findings,
            notes: answer.notes,
            ledgerRows: answer.ledgerRows,
            codes: answer.codes,
            codesOpened: answer.codesOpened
        )
    }
}
