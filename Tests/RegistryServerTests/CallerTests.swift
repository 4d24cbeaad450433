import RegistryAPI
import RegistryServer
import Testing

@testable import Registry

@Suite("Who calls is what the kernel says, and what they may is asked for every request")
struct CallerTests {
    private func prepared(_ daemon: TestDaemon) async throws {
        _ = try await daemon.perform(try daemon.organization("a"))
        let alice = try #require(Principal("user:alice"))
        _ = try await daemon.perform(
            GrantAccess(
                organization: OrganizationID(stored: "a"),
                principal: alice,
                permission: .statement
            )
        )
    }

    @Test("R13: a user who is revoked on a kept connection is refused at the next request, and the ledger has it")
    func revoked() async throws {
        try await withDaemon { daemon in
            try await prepared(daemon)
            daemon.peers.become(TestPeers.user("alice"))
            let client = try RawClient(daemon.socketPath)
            await client.send(RawClient.get("/v1/organizations/a"))
            #expect(try await client.answer().status == 200)
            let alice = try #require(Principal("user:alice"))
            _ = try await daemon.perform(
                GrantAccess(
                    organization: OrganizationID(stored: "a"),
                    principal: alice,
                    permission: .software
                )
            )
            _ = try await daemon.perform(
                RevokeAccess(organization: OrganizationID(stored: "a"), principal: alice, permission: .statement)
            )
            await client.send(RawClient.get("/v1/organizations/a", headers: "X-Request-Id: late\r\n"))
            let answer = try await client.answer()
            #expect(answer.status == 403)
            #expect(answer.member("code") == "access.denied")
            #expect(answer.member("rule") == "R14")
            let rows = try await daemon.service.answer(
                ListAudit(subject: "a"),
                as: TestDaemon.owner
            )
            let denial = try #require(rows.items.last)
            #expect(denial.action == "access.denied")
            #expect(denial.actor == "user:alice")
            #expect(denial.requestId == "late")
        }
    }

    @Test("R13: a group's permission is its members'")
    func group() async throws {
        try await withDaemon { daemon in
            try await prepared(daemon)
            let licensing = try #require(Principal("group:licensing"))
            _ = try await daemon.perform(
                GrantAccess(
                    organization: OrganizationID(stored: "a"),
                    principal: licensing,
                    permission: .statement
                )
            )
            daemon.peers.become(TestPeers.user("bob", groups: ["licensing"]))
            #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/v1/organizations/a")).status == 200)
            daemon.peers.become(TestPeers.user("bob"))
            #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/v1/organizations/a")).status == 404)
        }
    }

    @Test("A user whom the machine does not know is nobody")
    func unknown() async throws {
        try await withDaemon { daemon in
            daemon.peers.become(nil)
            let answer = try await RawClient.ask(daemon.socketPath, RawClient.get("/v1/organizations"))
            #expect(answer.status == 403)
            #expect(answer.member("code") == "caller.unknown")
        }
    }

    @Test("A request cannot say who it is from")
    func claims() async throws {
        try await withDaemon { daemon in
            try await prepared(daemon)
            daemon.peers.become(TestPeers.user("mallory"))
            let claims = "X-Forwarded-User: root\r\nAuthorization: Basic cm9vdDo=\r\nX-Remote-User: alice\r\n"
            let answer = try await RawClient.ask(
                daemon.socketPath,
                RawClient.get("/v1/organizations/a", headers: claims)
            )
            #expect(answer.status == 404)
        }
    }

    @Test("The kernel's word for this process is its own user")
    func kernel() throws {
        let caller = try #require(Caller.current)
        #expect(caller.ownsRegistry)
        #expect(caller.principal.description.hasPrefix("user:"))
        #expect(!caller.groups.isEmpty)
        #expect(SystemPeerResolver().caller(userID: 4_000_000_000) == nil)
    }
}
