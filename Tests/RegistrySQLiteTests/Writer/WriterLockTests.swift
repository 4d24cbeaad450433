import CSQLite
import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("The lock of whoever writes", .onSQLite)
struct WriterLockTests {
    @Test("Nothing is written, and no checkpoint made, while another process holds the lock")
    func waits() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let descriptor = open(registry.directory.lockPath, O_RDWR)
            defer { close(descriptor) }
            try #require(flock(descriptor, LOCK_EX) == 0)
            let redeeming = Task { try await registry.redeem(token) }
            // Reads do not wait for it.
            for _ in 0..<20 { _ = try await registry.answer(ShowStatus()) }
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 0)
            flock(descriptor, LOCK_UN)
            _ = try await redeeming.value
            #expect(try registry.value(Int.self, "SELECT count(*) FROM redemptions") == 1)
        }
    }

    @Test("A reader that is the last to close leaves the log as it is")
    func reader() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let reader = try Connection.reader(of: registry.directory)
            #expect(try reader.value("SELECT count(*) FROM tokens") == 1)
            let writer = try #require(registry.sqlite.writerConnection)
            // As after a crash: the writer's log stays.
            csqlite_no_checkpoint_on_close(try writer.database().handle)
            registry.store.close()
            reader.close()
            let log = try FileManager.default.attributesOfItem(atPath: registry.directory.logPath)[.size] as? Int
            #expect(log.map { $0 > 0 } == true)
        }
    }

    @Test("The lock's file is for its owner alone")
    func mode() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            var status = stat()
            #expect(stat(registry.directory.lockPath, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }
}
