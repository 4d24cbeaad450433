/// Proves the registry sound, or says what is not: the engine's storage, the ledger, the anchor, the sealed codes, and
/// every rule that is a fact about stored data.
public struct Check: RegistryQuery {
    public static let summary = "Prove the registry sound, or say what is not"
    public static let timeLimit: Duration? = nil

    /// So many codes are opened at most. Not one of the request's fields.
    var codeLimit = 1_000_000

    private enum CodingKeys: CodingKey {}

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> CheckResource {
        let reading = context.reading
        var answer = CheckResource(findings: try reading.integrityFindings())
        answer.checking("use and assignments") { $0.findings += try reading.usageFindings() }
        answer.checking("the ledger") { try checkLedger(in: context, &$0) }
        answer.checking("the codes") { try checkCodes(in: context, &$0) }
        answer.checking("the enrollments") { $0.notes = try reading.enrollmentNotes(in: context) }
        answer.checking("the replacements") { $0.findings += try reading.replacementFindings() }
        answer.checking("the tenants' SKUs") { $0.findings += try reading.sharingFindings() }
        answer.sound = answer.findings.isEmpty
        return answer
    }

    /// R19: every row bears the hash of what it says and of its predecessor, and every seal that of its commit.
    private func checkLedger(in context: QueryContext, _ answer: inout CheckResource) throws {
        let verdict = try context.reading.ledgerVerdict(of: nil)
        answer.ledgerRows = verdict.rows
        guard let reason = verdict.faultReason else { return }
        let owner = verdict.faultOrganizationId?.value ?? "registry"
        let subject =
            verdict.faultSequence.map { "\(owner) row \($0)" } ?? verdict.faultSeal.map { "seal \($0)" } ?? owner
        answer.findings.append(Finding(code: "ledger.broken", subject: subject, detail: reason))
    }

    /// Every code can be opened with this registry's key, and is found by what it is.
    private func checkCodes(in context: QueryContext, _ answer: inout CheckResource) throws {
        var opened = 0
        // Codes from before a rotation that has ended would be open to whoever has the key from before.
        let oldest = try context.reading.sealingKeys().last { $0.endedAt != nil }?.number ?? 1
        var findings = FindingList()
        answer.codes = try context.reading.forEachSealedCode(atMost: codeLimit) { subject, sealed in
            opened += 1
            guard let code = try? context.secrets.open(sealed) else {
                findings.add(
                    "code.unreadable",
                    subject,
                    "The sealed code cannot be decrypted: the registry's key is not the one it was sealed with, or the code was changed."
                )
                return
            }
            if sealed.sealingKey < oldest {
                findings.add(
                    "code.old-sealing-key",
                    subject,
                    "The code is sealed with sealing key \(sealed.sealingKey), though the rotation to key \(oldest) has ended."
                )
            }
            if context.secrets.lookup(for: code) != sealed.lookup || code.lastGroup != sealed.lastGroup {
                findings.add(
                    "code.mismatch",
                    subject,
                    "The sealed code does not match its lookup value or its last group."
                )
            }
        }
        answer.codesOpened = opened
        answer.findings += findings.all
    }
}

/// Whether the registry is sound, and what is not.
public struct CheckResource: Hashable, Sendable, Codable {
    public internal(set) var sound = true
    public internal(set) var findings: [Finding]
    /// What is as it was recorded, and should be known all the same: as of today, of enrollments in force. A registry
    /// with notes is sound.
    public internal(set) var notes: [Finding] = []
    /// How many rows of the ledgers were verified.
    public internal(set) var ledgerRows: Int64 = 0
    /// How many codes there are.
    public internal(set) var codes = 0
    /// How many of them were opened.
    public internal(set) var codesOpened = 0
}

extension CheckResource {
    /// Runs a part of the check; what a damaged registry cannot answer is a finding, and the other parts go on.
    fileprivate mutating func checking(_ part: String, _ body: (inout Self) throws -> Void) {
        do {
            try body(&self)
        } catch {
            let reason = (error as? Refusal)?.detail ?? "It is unreadable."
            findings.append(
                Finding(
                    code: "registry.unreadable-part",
                    subject: "registry",
                    detail: "Checking \(part) stopped. \(reason)"
                )
            )
        }
    }
}

/// Findings in constant memory: after the first hundred of a code the rest is counted.
struct FindingList {
    private var named: [Finding] = []
    private var counts: [String: Int] = [:]
    private static let limit = 100

    mutating func add(_ code: String, _ subject: String, _ detail: String) {
        counts[code, default: 0] += 1
        if counts[code, default: 0] <= Self.limit {
            named.append(Finding(code: code, subject: subject, detail: detail))
        }
    }

    var all: [Finding] {
        named
            + counts.sorted { $0.key < $1.key }.filter { $0.value > Self.limit }.map { code, count in
                Finding(
                    code: code,
                    subject: "registry",
                    detail: "There are \(count) findings of this kind; the first \(Self.limit) are listed."
                )
            }
    }
}
