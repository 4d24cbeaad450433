import Foundation
import RegistryAPI
import RegistryClient
import RegistryServer
import Testing

@testable import Registry

@Suite("What became of a request")
struct OutcomeTests {
    private static let body = #"{"id":"a","name":"A","country":"DE"}"#

    @Test("A client that goes away in the middle of a write finds its outcome by its key")
    func goneClient() async throws {
        try await withDaemon { daemon in
            let request = RawClient.post("/v1/organizations", Self.body, headers: "Idempotency-Key: k1\r\n")
            let gone = try RawClient(daemon.socketPath)
            await gone.send(request)
            gone.hangUp()
            let first = try await RawClient.ask(daemon.socketPath, request)
            let second = try await RawClient.ask(daemon.socketPath, request)
            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(first.body == second.body)
            let other = try await RawClient.ask(
                daemon.socketPath,
                RawClient.post(
                    "/v1/organizations",
                    #"{"id":"b","name":"B","country":"DE"}"#,
                    headers: "Idempotency-Key: k1\r\n"
                )
            )
            #expect(other.status == 409)
            #expect(other.member("code") == "idempotency.key-reused")
        }
    }

    @Test("A dry run answers and writes nothing")
    func dryRun() async throws {
        try await withDaemon { daemon in
            let connection = SocketConnection(path: daemon.socketPath)
            let answer = try await connection.call(
                AddOrganization.self,
                ["id": "a", "name": "A", "country": "DE"],
                file: nil,
                CommandOptions(isDryRun: true, requestID: "r")
            )
            #expect(answer.id == OrganizationID("a"))
            #expect(answer.dryRun)
            let page = try await connection.call(
                ListOrganizations.self,
                [:],
                file: nil,
                CommandOptions(requestID: "r")
            )
            #expect(page.items.isEmpty)
        }
    }

    @Test("A file that is cut off is not imported, whether its length was told or not")
    func cutOff() async throws {
        try await withDaemon { daemon in
            let head = "POST /v1/skus/import HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
            let csv =
                "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,"
                + "Service_Plans_Included_Friendly_Names\nX,X_PACK,6fd2c87f-b296-42f0-b197-1e91e994b900,P,"
                + "6fd2c87f-b296-42f0-b197-1e91e994b901,P\n"
            let size = String(csv.utf8.count, radix: 16)
            for request in [
                head + "Content-Length: \(csv.utf8.count + 10)\r\n\r\n\(csv)",
                head + "Transfer-Encoding: chunked\r\n\r\n\(size)\r\n\(csv)\r\n",
            ] {
                let client = try RawClient(daemon.socketPath)
                await client.send(request)
                client.finishSending()
                #expect(await client.isClosed())
            }
            let missing = try await RawClient.ask(daemon.socketPath, RawClient.get("/v1/skus/X_PACK"))
            #expect(missing.status == 404)
            let whole = try await RawClient.ask(
                daemon.socketPath,
                head + "Content-Length: \(csv.utf8.count)\r\n\r\n\(csv)"
            )
            #expect(whole.status == 200)
            #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/v1/skus/X_PACK")).status == 200)
        }
    }

    @Test("A daemon that is not there is unreachable, with exit code 7")
    func unreachable() async throws {
        let connection = SocketConnection(path: "/tmp/there-is-no-such-socket")
        let problem = await #expect(throws: Problem.self) {
            try await connection.call(ListPrograms.self, [:], file: nil, CommandOptions(requestID: "r"))
        }
        #expect(problem?.code == "daemon.unreachable")
        #expect(problem?.exitCode == 7)
    }

    @Test("An answer that is lost twice leaves the outcome unknown, with exit code 8 and the key to find it out")
    func lost() async throws {
        try await withListener { listener in
            // Reads the request, and goes away.
            listener.acceptAll { _ = ScriptedListener.receive($0) }
            let connection = SocketConnection(path: listener.path)
            let problem = await #expect(throws: Problem.self) {
                try await connection.call(
                    AddOrganization.self,
                    ["id": "a", "name": "A", "country": "DE"],
                    file: nil,
                    CommandOptions(idempotencyKey: "k9", requestID: "r")
                )
            }
            #expect(problem?.code == "outcome.unknown")
            #expect(problem?.exitCode == 8)
            #expect(problem?.member("idempotencyKey") == "k9")
        }
    }

    @Test("What the client sends arrives as it was meant, also with signs in a path")
    func signs() async throws {
        try await withDaemon { daemon in
            _ = try await daemon.perform(try daemon.organization("a"))
            let connection = SocketConnection(path: daemon.socketPath)
            let options = CommandOptions(requestID: "r")
            let granted = try await connection.call(
                GrantAccess.self,
                [
                    "organization": "a", "principal": "user:anna/müller%2f", "permission": "keys",
                    "until": "2026-12-31",
                ],
                file: nil,
                options
            )
            #expect(granted.principal == "user:anna/müller%2f")
            #expect(granted.until?.description == "2026-12-31")
            let revoked = try await connection.call(
                RevokeAccess.self,
                ["organization": "a", "principal": "user:anna/müller%2f", "permission": "keys"],
                file: nil,
                options
            )
            #expect(revoked.revokedAt != nil)
            let all = try await connection.call(
                ListAccess.self,
                ["organization": "a", "ended": true],
                file: nil,
                options
            )
            #expect(all.map(\.permission) == [.administrator, .keys])
        }
    }

    @Test("Who follows the ledger gets each row as it is committed")
    func follow() async throws {
        try await withDaemon { daemon in
            let connection = SocketConnection(path: daemon.socketPath)
            let (rows, continuation) = AsyncThrowingStream.makeStream(of: AuditEntryResource.self)
            Task {
                do {
                    try await connection.follow(["after": "1.0.1"], CommandOptions(requestID: "r")) {
                        continuation.yield($0)
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            var iterator = rows.makeAsyncIterator()
            for id in ["a", "b"] {
                _ = try await daemon.perform(try daemon.organization(id))
                let row = try await iterator.next()
                #expect(row?.action == "organization.add")
                #expect(row?.subject == id)
            }
            await daemon.stop()
            #expect(try await iterator.next() == nil)
        }
    }
}
