/// Says which key codes are sealed with from now on. Said again it is what it was.
struct BeginKeyRotation: RegistryCommand {
    static let action = "registry.rotate-key"
    static let summary = "Seal codes with a new key"

    let sealingKey: Int

    struct Answer: Hashable, Sendable, Codable {
        let sealingKey: Int
        /// How the key's fingerprint begins, in hexadecimal.
        let fingerprint: String
    }

    func authorize(_ gate: AccessGate) throws -> Permitted<Void> { try gate.owner() }

    func run(on _: Void, in context: CommandContext) throws -> Answer {
        let fingerprint = try context.secrets.fingerprint(ofSealingKey: sealingKey)
        let answer = Answer(sealingKey: sealingKey, fingerprint: Array(fingerprint.prefix(4)).hexadecimal)
        let known = try context.transaction.sealingKeys()
        if let begun = known.first(where: { $0.number == sealingKey }) {
            guard begun.fingerprint == fingerprint else { throw Self.changedMeanwhile }
            return answer
        }
        guard sealingKey == (known.last?.number ?? 1) + 1, known.last.map({ $0.endedAt != nil }) ?? true else {
            throw Self.changedMeanwhile
        }
        try context.transaction.begin(
            SealingKey(number: sealingKey, fingerprint: fingerprint, begunAt: context.now, endedAt: nil)
        )
        return try context.record(Self.action, answer, subject: subjectOfRefusal)
    }

    private static let changedMeanwhile = Refusal(
        .registryBusy,
        "The registry's key was rotated by another program meanwhile. Run the command again to see what is left to do."
    )
}

/// Seals some codes with the newest key: those that are sealed with an earlier one.
struct ResealCodes: RegistryCommand {
    static let action = "registry.reseal"
    static let summary = "Seal codes with the newest key"
    /// So many codes are looked at in one commit: others write between two.
    static let batch = 2_000

    let owner: CodeOwner
    let after: Int64
    var limit = Self.batch

    struct Answer: Hashable, Sendable, Codable {
        /// How many were sealed anew.
        let codes: Int
        /// The number of the last one that was looked at; nil where there are no more.
        let last: Int64?
    }

    func authorize(_ gate: AccessGate) throws -> Permitted<Void> { try gate.owner() }

    func run(on _: Void, in context: CommandContext) throws -> Answer {
        let newest = try context.transaction.sealingKey()
        let found = try context.transaction.sealedCodes(of: owner, after: after, limit: limit)
        let old = found.filter { $0.code.sealingKey != newest }
        for code in old {
            let plain = try context.secrets.open(code.code)
            let sealed = try context.secrets.seal(plain, with: newest)
            // Damage stays where the check finds it.
            guard sealed.lookup == code.code.lookup else { throw Self.damaged(code, owner) }
            try context.transaction.reseal(OwnedCode(number: code.number, code: sealed), of: owner)
        }
        let answer = Answer(codes: old.count, last: found.last?.number)
        guard !old.isEmpty else { return answer }
        return try context.record(
            Self.action,
            answer,
            subject: subjectOfRefusal,
            adding: ["of": owner.rawValue, "sealingKey": newest]
        )
    }

    private static func damaged(_ code: OwnedCode, _ owner: CodeOwner) -> Refusal {
        Refusal(
            .registryDamaged,
            "The sealed code of number \(code.number) in \(owner.rawValue) is not the one that it is found by. 'tokenctl check' says "
                + "what is damaged."
        )
    }
}

/// Says that every code is sealed with the newest key.
struct EndKeyRotation: RegistryCommand {
    static let action = "registry.rotate-key-end"
    static let summary = "Record that every code is sealed with the newest key"

    let sealingKey: Int
    /// How many codes were sealed anew since the rotation was begun or resumed.
    let codes: Int

    typealias Answer = KeyRotationResource

    func authorize(_ gate: AccessGate) throws -> Permitted<Void> { try gate.owner() }

    func run(on _: Void, in context: CommandContext) throws -> KeyRotationResource {
        let known = try context.transaction.sealingKeys()
        guard let key = known.first(where: { $0.number == sealingKey }) else {
            throw Refusal(.registryDamaged, "The registry does not know its sealing key \(sealingKey).")
        }
        var answer = KeyRotationResource(
            sealingKey: sealingKey,
            codes: codes,
            begunAt: key.begunAt,
            endedAt: context.now
        )
        if let endedAt = key.endedAt {
            answer.endedAt = endedAt
            return answer
        }
        try context.transaction.end(sealingKey: sealingKey, at: context.now)
        return try context.record(Self.action, answer, subject: subjectOfRefusal)
    }
}

/// A rotation that has ended.
public struct KeyRotationResource: Hashable, Sendable, Codable, RecordedAnswer {
    /// The number of the key that every code is sealed with.
    public let sealingKey: Int
    /// How many codes were sealed anew since the rotation was begun or resumed.
    public let codes: Int
    public let begunAt: Instant
    public internal(set) var endedAt: Instant
    public internal(set) var auditSequence: Int64 = 0
}
