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

/// A row of the ledger. Nothing changes or removes one.
public struct AuditEntry: Hashable, Sendable, Decodable {
    /// From 1, without gaps.
    public let sequence: Int64
    public let at: Instant
    public let actor: String
    /// Whose affair it is; nil for the registry's own.
    public let organizationID: OrganizationID?
    public let action: String
    public let subject: String
    /// Canonical JSON: an object with sorted keys.
    public let changes: String
    public let requestID: String
    /// What was done to the registry's rows since the ledger's row before: a JSON object from table to a sum of keyed
    /// digests, which the engine checks.
    public let rows: String
    /// SHA-256 over the predecessor's hash and ``canonicalBytes``; 32 bytes.
    public let hash: [UInt8]

    public init(
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

    /// What the first row takes as its predecessor's hash.
    public static let genesisHash = [UInt8](repeating: 0, count: 32)

    /// What is hashed after the predecessor's hash: every field behind its length, so that no two rows agree.
    public var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(240 + changes.utf8.count)
        for number in [sequence, at.microsecondsSinceEpoch] {
            bytes.append(bigEndian: UInt64(bitPattern: number))
        }
        // No organisation has an empty id.
        for text in [actor, organizationID?.value ?? "", action, subject, changes, requestID, rows] {
            bytes.append(bigEndian: UInt64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
        return bytes
    }
}

/// Where the ledger ends.
public struct AuditHead: Hashable, Sendable, Decodable {
    public let sequence: Int64
    public let at: Instant
    public let hash: [UInt8]

    public init(sequence: Int64, at: Instant, hash: [UInt8]) {
        self.sequence = sequence
        self.at = at
        self.hash = hash
    }
}

extension [UInt8] {
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
