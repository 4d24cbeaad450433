import Testing

@testable import Registry

@Suite("Contract: transactions and the ledger")
struct TransactionContractTests {
    private struct Stop: Error {}

    private static let other = ContractValues.organization("other")

    @Test("A write that throws leaves nothing, and throws what its body threw", arguments: Engine.allCases)
    func allOrNothing(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            await #expect(throws: Stop.self) {
                try await store.write { transaction in
                    try transaction.insert(Self.other, recordedAt: ContractValues.now)
                    _ = try transaction.append(ContractValues.draft("x"))
                    throw Stop()
                }
            }
            #expect(try await store.read { try $0.organization(Self.other.id) } == nil)
            #expect(try await store.read { try $0.ledgerVerdict(of: nil) }.sound)
        }
    }

    @Test("R19: a write that changes rows without a row in the ledger is undone", .onSQLite, arguments: Engine.allCases)
    func withoutLedgerRow(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.insert(Self.other, recordedAt: ContractValues.now) }
            }
            await #expect(throws: (any Error).self) {
                try await store.write { transaction in
                    _ = try transaction.append(ContractValues.draft("x"))
                    _ = try transaction.ledgerHead(of: nil)
                    try transaction.insert(Self.other, recordedAt: ContractValues.now)
                }
            }
            #expect(try await store.read { try $0.organization(Self.other.id) } == nil)
        }
    }

    @Test("An attempt that throws undoes what it wrote, and only that; the ledger goes on", arguments: Engine.allCases)
    func attempts(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let sequences = try await store.write { transaction in
                let first = try transaction.append(ContractValues.draft("first"))
                try transaction.insert(ContractValues.organization(), recordedAt: ContractValues.now)
                #expect(throws: Stop.self) {
                    try transaction.attempt {
                        try transaction.insert(Self.other, recordedAt: ContractValues.now)
                        _ = try transaction.append(ContractValues.draft("undone"))
                        throw Stop()
                    }
                }
                return [first, try transaction.append(ContractValues.draft("second"))]
            }
            #expect(sequences[1] == sequences[0] + 1)
            try await store.read { reading throws in
                #expect(try reading.organization(ContractValues.organization().id) != nil)
                #expect(try reading.organization(Self.other.id) == nil)
                let actions = try reading.auditEntries(.all, after: .beginning, limit: 10).map(\.action)
                #expect(actions.suffix(2) == ["first", "second"])
                #expect(try reading.ledgerVerdict(of: nil).sound)
            }
        }
    }

    @Test("A rehearsal answers, and leaves nothing", arguments: Engine.allCases)
    func rehearsals(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let seen = try await store.write { transaction in
                try transaction.rehearse {
                    try transaction.insert(Self.other, recordedAt: ContractValues.now)
                    return try transaction.organization(Self.other.id)
                }
            }
            #expect(seen == Self.other)
            #expect(try await store.read { try $0.organization(Self.other.id) } == nil)
        }
    }

    @Test("Attempts nest", arguments: Engine.allCases)
    func nested(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            try await store.change { transaction in
                try transaction.attempt {
                    try transaction.insert(ContractValues.organization(), recordedAt: ContractValues.now)
                    try? transaction.attempt {
                        try transaction.insert(Self.other, recordedAt: ContractValues.now)
                        throw Stop()
                    }
                }
            }
            #expect(try await store.read { try $0.organizations(after: nil, limit: 9).map(\.id.value) } == ["contoso"])
        }
    }

    @Test("A reader sees one state, whatever is written meanwhile", arguments: Engine.allCases)
    func snapshot(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let rowsBefore = try await store.read { try $0.ledgerRows() }
            async let writing: Void = {
                for number in 0..<50 {
                    try await store.write { transaction in
                        try transaction.insert(
                            ContractValues.organization("o\(number)"),
                            recordedAt: ContractValues.now
                        )
                        _ = try transaction.append(ContractValues.draft("organization.add"))
                    }
                }
            }()
            for _ in 0..<50 {
                try await store.read { reading throws in
                    let rows = try reading.ledgerRows()
                    #expect(try reading.organizations(after: nil, limit: 100).count == Int(rows - rowsBefore))
                }
            }
            try await writing
        }
    }

    @Test(
        "R19: the ledger has no gaps, its rows are read as they were written, and its chain holds",
        arguments: Engine.allCases
    )
    func ledger(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let base = try await store.read { try $0.ledgerHead(of: nil).sequence }
            let last = try #require(
                try await store.read { try $0.auditEntries(.all, after: .beginning, limit: 99) }.last
            )
            let end = LedgerCursor(behind: last, isOneLedger: false)
            for number in 0..<20 {
                let draft = ContractValues.draft("a\(number)", subject: number.isMultiple(of: 2) ? "even" : "odd")
                _ = try await store.write { try $0.append(draft) }
            }
            try await store.read { reading throws in
                let rows = try reading.auditEntries(.all, after: end, limit: 100)
                #expect(rows.map(\.sequence) == Array(base + 1...base + 20))
                #expect(rows.map(\.action) == (0..<20).map { "a\($0)" })
                #expect(Set(rows.map(\.changes)).count == 1)
                #expect(rows.allSatisfy { $0.hash.count == 32 && $0.at == ContractValues.now })
                #expect(try reading.ledgerHead(of: nil).hash == rows.last?.hash)
                let second = LedgerCursor(behind: rows[1], isOneLedger: false)
                #expect(
                    try reading.auditEntries(AuditFilter(subject: "odd"), after: second, limit: 2).map(\.action) == [
                        "a3", "a5",
                    ]
                )
                #expect(try reading.ledgerVerdict(of: nil).rows == base + 20)
            }
        }
    }

    @Test(
        "R19: each organisation has a ledger with sequences of its own, and a commit has one seal over all that it moved",
        arguments: Engine.allCases
    )
    func ledgers(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let (contoso, other) = (ContractValues.organization().id, Self.other.id)
            try await store.change { transaction in
                try transaction.insert(ContractValues.organization(), recordedAt: ContractValues.now)
                try transaction.insert(Self.other, recordedAt: ContractValues.now)
            }
            let before = try #require(try await store.read { try $0.lastSeal() })
            let sequences = try await store.write { transaction in
                try [contoso, other, contoso, nil, contoso].enumerated().map { index, id in
                    try transaction.append(ContractValues.draft("a\(index)", in: id))
                }
            }
            #expect(sequences.prefix(3) == [1, 1, 2] && sequences.last == 3)
            // What is undone moves no head and leaves no gap.
            await #expect(throws: Stop.self) {
                try await store.write { transaction in
                    #expect(try transaction.append(ContractValues.draft("undone", in: other)) == 2)
                    throw Stop()
                }
            }
            #expect(try await store.write { try $0.append(ContractValues.draft("next", in: other)) } == 2)
            try await store.read { reading throws in
                #expect(try reading.lastSeal()?.number == before.number + 2)
                #expect(try reading.ledgerHead(of: contoso).sequence == 3)
                #expect(try reading.ledgerHead(of: other).sequence == 2)
                let own = try reading.auditEntries(
                    AuditFilter(organizationID: contoso),
                    after: .sequence(1),
                    limit: 10
                )
                #expect(own.map(\.action) == ["a2", "a4"])
                // Page by page nothing is lost and nothing comes twice.
                let all = try reading.auditEntries(.all, after: .beginning, limit: 100)
                var paged: [AuditEntry] = []
                while true {
                    let cursor = paged.last.map { LedgerCursor(behind: $0, isOneLedger: false) } ?? .beginning
                    let page = try reading.auditEntries(.all, after: cursor, limit: 1)
                    if page.isEmpty { break }
                    paged += page
                }
                #expect(paged == all)
                #expect(Int64(all.count) == (try reading.ledgerRows()))
                for organization in [contoso, other, nil] {
                    let verdict = try reading.ledgerVerdict(of: organization)
                    #expect(verdict.sound)
                    let head =
                        try organization == nil
                        ? reading.lastSeal()?.hash : reading.ledgerHead(of: organization).hash
                    #expect(verdict.head == head?.hexadecimal)
                }
            }
        }
    }

    @Test(
        "An answer is remembered under its caller's key, once; another caller's key is another one",
        arguments: Engine.allCases
    )
    func remembered(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let answer = RememberedAnswer(digest: RequestDigest(bytes: [UInt8](repeating: 1, count: 32)), answer: "{}")
            let other = RememberedAnswer(digest: RequestDigest(bytes: [UInt8](repeating: 2, count: 32)), answer: "[]")
            let (ann, bob) = (Principal(stored: "user:ann"), Principal(stored: "user:bob"))
            #expect(try await store.write { try $0.rememberedAnswer(to: ann, for: "k") } == nil)
            try await store.change { try $0.remember(answer, to: ann, for: "k") }
            #expect(try await store.write { try $0.rememberedAnswer(to: ann, for: "k") } == answer)
            await #expect(throws: (any Error).self) {
                try await store.change { try $0.remember(other, to: ann, for: "k") }
            }
            #expect(try await store.write { try $0.rememberedAnswer(to: ann, for: "k") } == answer)
            #expect(try await store.write { try $0.rememberedAnswer(to: bob, for: "k") } == nil)
            try await store.change { try $0.remember(other, to: bob, for: "k") }
            #expect(try await store.write { try $0.rememberedAnswer(to: bob, for: "k") } == other)
        }
    }

    @Test("Permissions hold from their first instant to the one before their end", arguments: Engine.allCases)
    func permissions(engine: Engine) async throws {
        try await engine.withStore { store, _ async throws in
            let organization = ContractValues.organization()
            let ann = Principal(stored: "user:ann")
            let from = ContractValues.now
            let until = from.adding(seconds: 60)
            try await store.change { transaction in
                try transaction.insert(organization, recordedAt: from)
                try transaction.insert(
                    AccessGrant(
                        organizationID: organization.id,
                        principal: ann.description,
                        permission: .keys,
                        from: from,
                        until: until,
                        grantedBy: "user:owner"
                    )
                )
            }
            try await store.read { reading throws in
                func held(_ instant: Instant) throws -> Set<Permission> {
                    try reading.permissions(of: [ann], in: organization.id, at: instant)
                }
                let tick: (Instant, Int64) -> Instant = {
                    Instant(microsecondsSinceEpoch: $0.microsecondsSinceEpoch + $1)
                }
                #expect(try held(tick(from, -1)) == [])
                #expect(try held(from) == [.keys])
                #expect(try held(tick(until, -1)) == [.keys])
                #expect(try held(until) == [])
                #expect(
                    try reading.permissions(of: [Principal(stored: "user:bob")], in: organization.id, at: from) == []
                )
            }
        }
    }

    @Test("A new store is sound, and so is a filled one", arguments: Engine.allCases)
    func integrity(engine: Engine) async throws {
        try await engine.withStore { store, secrets async throws in
            #expect(try await store.read { try $0.integrityFindings() } == [])
            let token = try await ContractValues.fill(store, secrets)
            let opened = try await store.read { reading throws in
                var subjects: [String] = []
                let total = try reading.forEachSealedCode(atMost: 10) { subject, _ in subjects.append(subject) }
                #expect(total == 1)
                return subjects
            }
            #expect(opened == [token.description])
            try await store.write { transaction in
                let latest = try transaction.latestAuditInstant() ?? ContractValues.now
                _ = try transaction.append(ContractValues.enrollmentDraft(at: latest))
            }
            let findings = try await store.read { try $0.integrityFindings() }
            #expect(findings.isEmpty, "\(findings)")
        }
    }
}
