import Foundation
import Synchronization
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Writes that share a commit", .onSQLite)
struct GroupCommitTests {
    @Test("The writer syncs every commit, in WAL, with foreign keys and recursive triggers")
    func pragmas() async throws {
        try await withTestRegistry { registry in
            let database = try #require(registry.sqlite.writerConnection).database()
            let values = try [
                "journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "application_id",
                "journal_size_limit",
            ].map { try database.rows("PRAGMA \($0)").first?[0] }
            #expect(values == ["wal", "2", "1", "1", "1416588114", "67108864"])
        }
    }

    @Test("The application's id is in the file's header, where file(1) looks for it")
    func applicationID() async throws {
        try await withTestRegistry { registry in
            registry.store.close()
            let header = try Data(contentsOf: URL(fileURLWithPath: registry.directory.databasePath)).prefix(72)
            #expect(Array(header.suffix(4)) == Array("TokR".utf8))
        }
    }

    @Test("Hundreds of writes at once share commits; a refused one rolls back alone, and its refusal is a ledger row")
    func sharing() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1", mint: false)
            try await registry.signUp()
            let codes = (0..<400).map { index in
                "BBBBB-CCCCC-DDDDD-FFFFF-\(String(String(10_000 + index)))"
            }
            let rows = codes.map { "\($0),ENTERPRISEPACK,1" }.joined(separator: "\n")
            let imported = try await registry.importTokens("code,sku,seats\n\(rows)\n", of: "E1", overrides: [.r12])
            let first = try #require(imported.firstTokenId)
            let commits = Atomic(0)
            registry.store.observeCommits { _ in commits.add(1, ordering: .relaxed) }

            // Each even token twice: once it is redeemed, once that is refused.
            let refused = await withTaskGroup(of: Bool.self) { group in
                for index in 0..<400 {
                    let token = TokenID(number: first.number + Int64(index / 2 * 2))
                    group.addTask {
                        do {
                            try await registry.redeem(token)
                            return false
                        } catch {
                            return (error as? Refusal)?.code == .tokenAlreadyRedeemed
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused == 200)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 200)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM seat_blocks") == 200)
            #expect(
                try registry.value(Int.self, "SELECT count(*) FROM audit WHERE action = 'token.redeem-refused'") == 200
            )
            let count = commits.load(ordering: .relaxed)
            #expect(count < 400, "400 writes took \(count) commits")
            #expect(try await registry.answer(VerifyAudit()).sound)
        }
    }

    @Test("What a refused command wrote is undone, and what came before it in the same commit stays")
    func savepoints() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let organization = Organization(
                id: OrganizationID(stored: "undone"),
                name: "Undone",
                country: CountryCode(stored: "US")
            )
            let error = try await refusal {
                try await registry.store.write { transaction in
                    try transaction.insert(organization, recordedAt: Instant(microsecondsSinceEpoch: 0))
                    throw Refusal(.inputInvalid, "No.")
                }
            }
            #expect(error?.code == .inputInvalid)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM organizations WHERE id = 'undone'") == 0)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM organizations WHERE id = 'contoso'") == 1)
        }
    }

    @Test("A caller who is cancelled while waiting is told the outcome all the same")
    func cancellation() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let entered = DispatchSemaphore(value: 0)
            let goOn = DispatchSemaphore(value: 0)
            let blocker = Task {
                try await registry.store.write { _ in
                    entered.signal()
                    goOn.wait()
                }
            }
            await Self.wait(for: entered)
            let redeeming = Task { try await registry.redeem(token) }
            redeeming.cancel()
            goOn.signal()
            try await blocker.value
            let answer = try await redeeming.value
            #expect(answer.tokenId == token)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 1)
        }
    }

    @Test("A write after the registry was closed is refused, and nothing is written")
    func closed() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            registry.store.close()
            let error = try await refusal { try await registry.redeem(token) }
            #expect(error?.code == .registryBusy)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 0)
        }
    }

    @Test("R29: two processes' handles that race for the same tokens redeem each once", arguments: [1, 2, 3])
    func race(seed: UInt64) async throws {
        try await withTestRegistry(seed: seed) { one in
            _ = try await one.addContoso()
            try await one.signUp("fabrikam.onmicrosoft.com")
            let tokens = try await one.addEnrollment("E2", program: "gold-competency").tokens
            let two = try TestRegistry(opening: one.directory, clock: one.clock, seed: seed + 100)
            defer { two.store.close() }
            let outcomes = await withTaskGroup(of: RefusalCode?.self) { group in
                for token in tokens {
                    for registry in [one, two] {
                        let tenant = registry === one ? "contoso.onmicrosoft.com" : "fabrikam.onmicrosoft.com"
                        group.addTask {
                            do {
                                try await registry.redeem(token, on: tenant)
                                return nil
                            } catch {
                                return (error as? Refusal)?.code ?? .inputInvalid
                            }
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count(where: { $0 == nil }) == tokens.count)
            #expect(outcomes.count(where: { $0 == .tokenAlreadyRedeemed }) == tokens.count)
            #expect(try one.value(Int.self, "SELECT count(*) FROM redemptions") == tokens.count)
            #expect(try await two.answer(Check()).findings == [])
        }
    }

    static func wait(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
