/// One activation of a machine with a product key.
public struct KeyActivation: Hashable, Sendable, Decodable, Numbered {
    public static let numberPrefix = "V"

    public let id: KeyActivationID
    public let keyID: ProductKeyID
    /// What the organisation calls the machine.
    public let machine: String
    /// A fingerprint of its hardware; nil where none was stated.
    public let hardware: String?
    /// Whether it took one from the key's count (R25, R26).
    public let isConsumed: Bool
    /// The version that was installed, where it is known (R07).
    public let version: String?
    /// R22: the licence that the machine had before, for Windows client.
    public let qualifyingLicense: QualifyingLicense?
    /// R21: where the machine is virtual and runs; nil for the organisation's own machines.
    public let host: VirtualMachineHost?
    public let activatedOn: CalendarDate
    public let recordedAt: Instant
}

public typealias KeyActivationID = NumberedIdentifier<KeyActivation>

/// An activation before it has its number.
public struct KeyActivationDraft: Hashable, Sendable {
    public let keyID: ProductKeyID
    public let machine: String
    public let hardware: String?
    public let isConsumed: Bool
    public let version: String?
    public let qualifyingLicense: QualifyingLicense?
    public let host: VirtualMachineHost?
    public let activatedOn: CalendarDate
    public let recordedAt: Instant
}

/// How often a key activated one machine.
public struct MachineActivations: Hashable, Sendable, Codable {
    public let machine: String
    public let activations: Int
}

extension Refusal {
    /// R24: the key's count is used up.
    public static func activationsExhausted(_ key: ProductKey) -> Refusal {
        Refusal(
            .activationsExhausted,
            rule: .r24,
            "The product key \(key.id) for \(key.product) has no activation left: all "
                + "\(key.activations.map(String.init) ?? "") were used. Use another key, or ask the regional service "
                + "centre for one.",
            facts: ["keyId": key.id, "organizationId": key.organizationID, "activations": key.activations ?? 0]
        )
    }
}
