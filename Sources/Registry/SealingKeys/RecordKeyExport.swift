/// Leaves a ledger row for a copy of the key that is about to be made: whoever has it can open every code.
struct RecordKeyExport: RegistryCommand {
    static let action = "registry.export-key"
    static let summary = "Record that the key is copied"

    let sealingKeys: Int

    struct Answer: Hashable, Sendable, Codable, RecordedAnswer {
        let sealingKeys: Int
        var auditSequence: Int64 = 0
    }

    func authorize(_ gate: AccessGate) throws -> Permitted<Void> { try gate.owner() }

    func run(on _: Void, in context: CommandContext) throws -> Answer {
        try context.record(Self.action, Answer(sealingKeys: sealingKeys), subject: subjectOfRefusal)
    }
}

extension OpenRegistry {
    /// Seals a copy of the registry's key under `passphrase`, once the ledger says so, and gives it to `keep`.
    /// - Throws: `Refusal`, with `access.denied` to whoever does not own the registry.
    public func exportKey(
        under passphrase: Passphrase,
        by caller: Caller,
        clock: any InstantSource,
        requestID: String,
        keep: ([UInt8]) throws -> Void
    ) async throws -> KeyExportResource {
        try passphrase.requireLong()
        let service = RegistryService(store: self, clock: clock, randomness: SystemRandomSource(), secrets: secrets)
        let newest = try await read { try $0.sealingKey() }
        let row = try await service.perform(
            RecordKeyExport(sealingKeys: newest),
            as: caller,
            options: CommandOptions(requestID: requestID)
        )
        try keep(keyFile.sealedCopy(under: passphrase))
        return KeyExportResource(
            key: keyFile.path,
            fingerprint: Array(keyFile.fingerprint.prefix(4)).hexadecimal,
            sealingKeys: newest,
            auditSequence: row.auditSequence
        )
    }
}

/// A copy of the key that was made.
public struct KeyExportResource: Hashable, Sendable, Codable {
    /// What it is a copy of.
    public let key: String
    /// How the key's fingerprint begins, in hexadecimal.
    public let fingerprint: String
    /// How many sealing keys codes may be sealed with.
    public let sealingKeys: Int
    public let auditSequence: Int64
}

/// A key that was put where the registry looks for it.
public struct KeyPlacementResource: Hashable, Sendable, Codable {
    public let key: String
    public let fingerprint: String
    /// How many sealing keys the file has.
    public let sealingKeys: Int
    /// False where the file had them all.
    public let changed: Bool

    public init(key: String, fingerprint: String, sealingKeys: Int, changed: Bool) {
        self.key = key
        self.fingerprint = fingerprint
        self.sealingKeys = sealingKeys
        self.changed = changed
    }
}
