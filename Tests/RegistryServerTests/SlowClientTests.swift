import RegistryAPI
import RegistryServer
import Testing

@Suite("Slow clients")
struct SlowClientTests {
    private var quick: ServerLimits {
        var limits = ServerLimits()
        limits.headerTimeout = .seconds(1)
        limits.bodyTimeout = .seconds(1)
        limits.idleTimeout = .seconds(2)
        return limits
    }

    @Test("A head that does not come is answered, and the connection ends")
    func head() async throws {
        try await withDaemon(limits: quick) { daemon in
            let client = try RawClient(daemon.socketPath)
            await client.send("GET /healthz HTTP/1.1\r\nHost:")
            let answer = try await client.answer()
            #expect(answer.status == 408)
            #expect(answer.member("code") == "request.timeout")
            #expect(await client.isClosed())
        }
    }

    @Test("A body that does not come is answered, and the connection ends")
    func body() async throws {
        try await withDaemon(limits: quick) { daemon in
            let client = try RawClient(daemon.socketPath)
            await client.send(
                "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 50\r\n\r\n{\"id\":"
            )
            #expect(try await client.answer().status == 408)
            #expect(await client.isClosed())
        }
    }

    @Test("An idle connection ends")
    func idle() async throws {
        try await withDaemon(limits: quick) { daemon in
            let client = try RawClient(daemon.socketPath)
            await client.send(RawClient.get("/healthz"))
            #expect(try await client.answer().status == 200)
            #expect(await client.isClosed())
        }
    }

    @Test("Three hundred that begin and do not go on keep nobody waiting")
    func hundreds() async throws {
        try await withDaemon { daemon in
            var slow: [RawClient] = []
            for index in 0..<300 {
                let client = try RawClient(daemon.socketPath)
                await client.send(
                    index.isMultiple(of: 2)
                        ? "GET /hea" : "POST /v1/organizations HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"
                )
                slow.append(client)
            }
            for _ in 0..<20 {
                #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/healthz")).status == 200)
            }
            #expect(slow.count == 300)
        }
    }

    @Test("A user with too many connections is told so; another connection's end makes room")
    func tooMany() async throws {
        var limits = ServerLimits()
        limits.connections = 3
        try await withDaemon(limits: limits) { daemon in
            var held: [RawClient] = []
            for _ in 0..<3 {
                let client = try RawClient(daemon.socketPath)
                await client.send(RawClient.get("/healthz"))
                #expect(try await client.answer().status == 200)
                held.append(client)
            }
            let refused = try await RawClient.ask(daemon.socketPath, RawClient.get("/healthz"))
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] == "1")
            held.removeLast().hangUp()
            var status = 429
            while status == 429 {
                status = try await RawClient.ask(daemon.socketPath, RawClient.get("/healthz")).status
            }
            #expect(status == 200)
        }
    }
}
