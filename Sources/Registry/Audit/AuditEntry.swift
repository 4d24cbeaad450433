/// R19: a ledger row before it has its place in the chain. A code that was typed into a wrong place is masked in it.
public struct AuditDraft: Hashable, Sendable {
    public let at: Instant
    /// Who did it: a principal.
    public let actor: String
    /// Whose affair it is; nil for the registry's own.
    public let organizationID: OrganizationID?
    /// `subject.verb`, such as `token.redeem`.
    public let action: String
    /// The identifier of what was changed.
    public let subject: String
    public let changes: [String: AuditValue]
    /// The request that the row belongs to.
    public let requestID: String

    public init(
        at: Instant,
        actor: String,
        organizationID: OrganizationID?,
        action: String,
        subject: String,
        changes: [String: AuditValue],
        requestID: String
    ) {
        self.at = at
        self.actor = ActivationCode.masking(actor)
        self.organizationID = organizationID
        self.action = action
        self.subject = ActivationCode.masking(subject)
        self.changes = changes.mapValues(\.masked)
        self.requestID = ActivationCode.masking(requestID)
    }
}

/// A row of a ledger. Nothing changes or removes one.
public struct AuditEntry: Hashable, Sendable, Decodable {
    /// The commit that it belongs to: the number of its seal.
    public let seal: Int64
    /// The ledger that it stands in, as the engine numbers them.
    public let ledger: Int64
    /// From 1, without gaps in its ledger.
    public let sequence: Int64
    public let at: Instant
    public let actor: String
    /// Whose ledger it stands in; nil for the registry's own.
    public let organizationID: OrganizationID?
    public let action: String
    public let subject: String
    /// Canonical JSON: an object with sorted keys.
    public let changes: String
    public let requestID: String
    /// What was done to the registry's rows since the row that was appended before, to whichever ledger: a JSON object
    /// from table to a sum of keyed digests, which the engine checks.
    public let rows: String
    /// SHA-256 over the hash of the ledger's row before and ``canonicalBytes``; 32 bytes.
    public let hash: [UInt8]

    public init(
        seal: Int64,
        ledger: Int64,
        sequence: Int64,
        at: Instant,
        actor: String,
        organizationID: OrganizationID?,
        action: String,
        subject: String,
        changes: String,
        requestID: String,
        rows: String,
        hash: [UInt8]
    ) {
        self.seal = seal
        self.ledger = ledger
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.organizationID = organizationID
        self.action = action
        self.subject = subject
        self.changes = changes
        self.requestID = requestID
        self.rows = rows
        self.hash = hash
    }

    /// What a ledger's first row, and the first seal, take as their predecessor's hash.
    public static let genesisHash = [UInt8](repeating: 0, count: 32)

    /// What is hashed after the predecessor's hash: the texts of the fields, each behind its length, so that no two rows
    /// agree. `registry(5)` publishes it.
    public var canonicalBytes: [UInt8] {
        // No organisation has an empty id.
        .canonical([
            organizationID?.value ?? "", String(sequence), at.description, actor, action, subject, changes, requestID,
            rows,
        ])
    }
}

/// Where a ledger ends.
public struct LedgerHead: Hashable, Sendable, Decodable {
    /// The last row's; 0 while there is none.
    public let sequence: Int64
    /// The last row's; ``AuditEntry/genesisHash`` while there is none.
    public let hash: [UInt8]

    public init(sequence: Int64, hash: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
    }
}

/// What a commit that appended to ledgers leaves: it vouches for them, and for all commits before it.
public struct Seal: Hashable, Sendable, Decodable {
    /// From 1, without gaps.
    public let number: Int64
    /// The latest instant of any ledger's row up to this commit, since the clock was last accepted.
    public let at: Instant
    /// SHA-256 over the predecessor's hash and ``canonicalBytes(number:at:heads:)``; 32 bytes.
    public let hash: [UInt8]

    public init(number: Int64, at: Instant, hash: [UInt8]) {
        self.number = number
        self.at = at
        self.hash = hash
    }

    /// What is hashed after the predecessor's hash: the new head of each ledger that the commit appended to, in the order
    /// of the organisations' ids; the registry's own ledger is the first. `registry(5)` publishes it.
    public static func canonicalBytes(number: Int64, at: Instant, heads: [OrganizationID?: LedgerHead]) -> [UInt8] {
        let moved = heads.map { (id: $0.key?.value ?? "", head: $0.value) }.sorted { $0.id < $1.id }
        return .canonical(
            [String(number), at.description]
                + moved.flatMap { [$0.id, String($0.head.sequence), $0.head.hash.hexadecimal] }
        )
    }
}

extension [UInt8] {
    /// The UTF-8 of each text behind its length, as eight bytes.
    static func canonical(_ texts: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.reduce(0) { $0 + 8 + $1.utf8.count })
        for text in texts {
            bytes.append(bigEndian: UInt64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }

    /// Appends the eight bytes of `number`, the highest first.
    public mutating func append(bigEndian number: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Lower-case hexadecimal text.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
