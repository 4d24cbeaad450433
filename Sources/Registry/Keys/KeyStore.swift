public protocol KeyReading {
    func productKey(_ id: ProductKeyID) throws -> ProductKey?
    func productKey(withCode lookup: CodeLookup) throws -> ProductKey?
    /// In the order of their ids, after `id`.
    func productKeys(of organization: OrganizationID, after id: ProductKeyID?, limit: Int) throws -> [ProductKey]
    func sealedCode(of key: ProductKeyID) throws -> SealedCode?
    /// What the key's activations consumed, with those from `day` on counted apart.
    func keyUse(of key: ProductKeyID, since day: CalendarDate) throws -> KeyUse
    /// The key's activations in the order of their ids, after `id`.
    func activations(of key: ProductKeyID, after id: KeyActivationID?, limit: Int) throws -> [KeyActivation]
    /// The machine's latest activation with the key on `day` or before it.
    func lastActivation(of key: ProductKeyID, on machine: String, through day: CalendarDate) throws -> KeyActivation?
    /// How many times the key activated the machine from `day` on.
    func activationCount(of key: ProductKeyID, on machine: String, since day: CalendarDate) throws -> Int
    /// The machines that the key activated at least `times` times from `day` on, in the order of their names.
    func machines(of key: ProductKeyID, activatedAtLeast times: Int, since day: CalendarDate) throws
        -> [MachineActivations]
}

public protocol KeyWriting {
    /// R24: records an activation and gives it its number.
    /// - Throws: `Refusal` with `activations.exhausted` when it would pass the key's count.
    func insert(_ draft: KeyActivationDraft) throws -> KeyActivationID
}

/// What a key's activations consumed.
public struct KeyUse: Hashable, Sendable, Decodable {
    public let consumed: Int
    /// The part of ``consumed`` from the day asked about on.
    public let consumedLately: Int
    /// The day of the first that consumed one; nil while none did.
    public let firstConsumedOn: CalendarDate?
}

extension Refusal {
    static func keyNotFound(_ id: ProductKeyID) -> Refusal {
        Refusal(.keyNotFound, "There is no product key \(id).", facts: ["keyId": id])
    }
}
