import CSQLite
import Glibc
import Synchronization
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("A commit that the disk refuses", .onSQLite)
struct CommitFailureTests {
    @Test("An I/O error at the commit undoes the write, and the registry goes on")
    func undone() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let fault = CommitFault(SQLITE_IOERR) {}
            try fault.install(in: registry)
            let error = try await refusal { try await registry.redeem(token) }
            #expect(error?.code == .registryInputOutput)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 0)
            fault.disarm()
            try await registry.redeem(token)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("A full disk at the commit is told as that")
    func full() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let fault = CommitFault(SQLITE_FULL) {}
            try fault.install(in: registry)
            #expect(try await refusal { try await registry.redeem(token) }?.code == .registryFull)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 0)
        }
    }

    @Test("While the disk refuses what is written the registry says so, until it takes a probe; nobody has to write")
    func obstacle() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            #expect(registry.store.obstacle == nil)
            let fault = CommitFault(SQLITE_FULL) {}
            try fault.install(in: registry)
            #expect(try await refusal { try await registry.redeem(token) }?.code == .registryFull)
            // Each look sets off a probe, unless one is under way, which fails too.
            for _ in 0..<3 { #expect(registry.store.obstacle?.code == .registryFull) }
            #expect(try await refusal { try await registry.redeem(token) }?.code == .registryFull)
            #expect(registry.store.obstacle?.code == .registryFull)
            fault.disarm()
            while registry.store.obstacle != nil { await Task.yield() }
            try await registry.redeem(token)
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("After an I/O error at the commit the next write has a new connection, and ends what stood in the way")
    func renewed() async throws {
        for code in [SQLITE_IOERR, SQLITE_PROTOCOL] {
            try await withTestRegistry { registry in
                let token = try await registry.addContoso()
                let writer = try #require(registry.sqlite.writerConnection)
                // Belongs to the connection, and stays armed.
                let fault = CommitFault(code) {}
                try fault.install(in: registry)
                #expect(try await refusal { try await registry.redeem(token) }?.code == .registryInputOutput)
                #expect(writer.obstacle?.code == .registryInputOutput)
                try await registry.redeem(token)
                #expect(writer.obstacle == nil)
                #expect(try await registry.answer(Check()).findings == [])
            }
        }
    }

    @Test("When nobody can look, the outcome is unknown, and that is said")
    func unknown() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let path = registry.directory.databasePath
            // The file is out of reach from the commit on.
            let fault = CommitFault(SQLITE_IOERR) { rename(path, "\(path).away") }
            try fault.install(in: registry)
            let error = try await refusal { try await registry.redeem(token) }
            #expect(error?.code == .registryOutcomeUnknown)
        }
    }
}

/// Makes every commit of a connection fail, as SQLite would tell it.
private final class CommitFault: Sendable {
    private let code: Int32
    private let isArmed = Mutex(true)
    private let atCommit: @Sendable () -> Void

    init(_ code: Int32, atCommit: @escaping @Sendable () -> Void) {
        self.code = code
        self.atCommit = atCommit
    }

    func install(in registry: TestRegistry) throws {
        let database = try #require(registry.sqlite.writerConnection).database()
        database.beforeCommit = { [self] in
            guard isArmed.withLock({ $0 }) else { return }
            atCommit()
            throw SQLiteError(code)
        }
    }

    func disarm() {
        isArmed.withLock { $0 = false }
    }
}
