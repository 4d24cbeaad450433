import NIOCore
import RegistryAPI
import Testing

@testable import Registry
@testable import RegistryServer

@Suite("Uploads take no more than their share")
struct UploadSpoolTests {
    private var small: ServerLimits {
        var limits = ServerLimits()
        limits.uploadsAtOnce = 3
        limits.uploadsAtOncePerUser = 2
        limits.spoolSize = 8 << 20
        limits.spoolReserve = 0
        return limits
    }

    private let megabyte = ByteBuffer(repeating: 0x20, count: 1 << 20)

    @Test("A user has a few uploads at once, all users together some more, and an end makes room")
    func files() async throws {
        try await withShortDirectory { directory in
            let spool = UploadSpool(directory: directory, limits: small)
            var held = [try spool.file(for: 1), try spool.file(for: 1)]
            #expect(throws: RequestProblem.self) { try spool.file(for: 1) }
            held.append(try spool.file(for: 2))
            #expect(throws: RequestProblem.self) { try spool.file(for: 2) }
            held.removeFirst()
            held.append(try spool.file(for: 2))
            #expect(held.count == 3)
        }
    }

    @Test("A user's uploads have half of the room, and give it back")
    func bytes() async throws {
        try await withShortDirectory { directory in
            let spool = UploadSpool(directory: directory, limits: small)
            var first: SpooledFile? = try spool.file(for: 1)
            for _ in 0..<3 { try first?.append(megabyte) }
            let second = try spool.file(for: 1)
            try second.append(megabyte)
            #expect(throws: RequestProblem.self) { try second.append(megabyte) }
            try spool.file(for: 2).append(megabyte)
            first = nil
            try second.append(megabyte)
        }
    }

    @Test("Who may not upload is refused without being told to go on, and who may is told")
    func asksBeforeGoingOn() async throws {
        try await withDaemon { daemon in
            let request =
                "POST /v1/skus/import HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 9\r\n"
                + "Expect: 100-continue\r\n\r\n"
            let permitted = try await RawClient.ask(daemon.socketPath, request)
            #expect(permitted.status == 100)
            daemon.peers.become(TestPeers.user("stranger"))
            let denied = try await RawClient.ask(daemon.socketPath, request)
            #expect(denied.status == 403)
        }
    }

    @Test("A daemon whose uploads can be kept nowhere does not start, and says which setting is wrong")
    func nowhere() throws {
        let fault = #expect(throws: ConfigurationFault.self) {
            try UploadSpool(directory: "/nonexistent", limits: ServerLimits()).check()
        }
        #expect(fault?.description.contains("/nonexistent: No such file or directory") == true)
        try UploadSpool(directory: "/tmp", limits: ServerLimits()).check()
    }

    @Test("What is kept free for the registry is not touched")
    func reserve() async throws {
        let spool = UploadSpool(directory: "/", limits: ServerLimits())
        let reserve = ServerLimits().spoolReserve
        try spool.take(1, of: 1, free: (reserve + 1, 100 * reserve))
        let refusal = #expect(throws: Refusal.self) { try spool.take(2, of: 1, free: (reserve + 1, 100 * reserve)) }
        #expect(refusal?.code == .registryFull)
        // Of a small disk a tenth.
        try spool.take(1, of: 1, free: (reserve / 10 + 1, reserve))
    }

    @Test("Nothing of a file is taken from a caller who may not upload it")
    func stranger() async throws {
        try await withDaemon { daemon in
            daemon.peers.become(TestPeers.user("mallory"))
            for target in [
                "/v1/enrollments/E1/tokens", "/v1/enrollments/E1/keys", "/v1/skus/import", "/v1/assignments/switch",
            ] {
                let client = try RawClient(daemon.socketPath)
                await client.send(
                    "POST \(target) HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n\r\n"
                )
                let answer = try await client.answer()
                #expect(answer.status == 403 || answer.status == 404, "\(target): \(answer)")
            }
        }
    }

    @Test("Naming a body CSV gives it no more time where no file is wanted")
    func time() async throws {
        var limits = ServerLimits()
        limits.bodyTimeout = .seconds(1)
        try await withDaemon(limits: limits) { daemon in
            let client = try RawClient(daemon.socketPath)
            await client.send(
                "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 50\r\n\r\nid"
            )
            // 415, or 408 where the machine is slow.
            #expect(try await client.answer().status >= 400)
            #expect(await client.isClosed())
        }
    }
}
