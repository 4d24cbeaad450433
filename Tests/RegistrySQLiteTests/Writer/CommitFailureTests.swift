import Foundation
import GRDB
import Synchronization
import Testing

@testable import Registry
@testable import RegistrySQLite

@Suite("A commit that the disk refuses")
struct CommitFailureTests {
    @Test("An I/O error at the commit undoes the write, and the registry goes on")
    func undone() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let fault = CommitFault(.SQLITE_IOERR) {}
            try fault.install(in: registry)
            let error = try await refusal { try await registry.redeem(token) }
            #expect(error?.code == .registryInputOutput)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 0)
            fault.disarm()
            try await registry.redeem(token)
            #expect(try await registry.answer(CheckQuery()).findings == [])
        }
    }

    @Test("A full disk at the commit is told as that")
    func full() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let fault = CommitFault(.SQLITE_FULL) {}
            try fault.install(in: registry)
            #expect(try await refusal { try await registry.redeem(token) }?.code == .registryFull)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 0)
        }
    }

    @Test("When nobody can look, the outcome is unknown, and that is said")
    func unknown() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let path = registry.directory.databasePath
            // The file is out of reach from the commit on.
            let fault = CommitFault(.SQLITE_IOERR) { rename(path, "\(path).away") }
            try fault.install(in: registry)
            let error = try await refusal { try await registry.redeem(token) }
            #expect(error?.code == .registryOutcomeUnknown)
        }
    }
}

/// Makes every commit fail, as SQLite would tell it.
private final class CommitFault: TransactionObserver, Sendable {
    private let code: ResultCode
    private let isArmed = Mutex(true)
    private let atCommit: @Sendable () -> Void

    init(_ code: ResultCode, atCommit: @escaping @Sendable () -> Void) {
        self.code = code
        self.atCommit = atCommit
    }

    func install(in registry: TestRegistry) throws {
        let queue = try #require(registry.store.writerConnection).queue
        queue.add(transactionObserver: self, extent: .observerLifetime)
    }

    func disarm() {
        isArmed.withLock { $0 = false }
    }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}

    func databaseWillCommit() throws {
        guard isArmed.withLock({ $0 }) else { return }
        atCommit()
        throw DatabaseError(resultCode: code)
    }

    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) {}
}
