import RegistrySQLite
import Testing

@testable import Registry

@Suite("Access")
struct AccessTests {
    private let organization = OrganizationID(stored: "contoso")

    private func grant(
        _ principal: String,
        _ permission: Permission,
        through: String? = nil,
        in registry: TestRegistry,
        as caller: Caller = TestRegistry.owner
    ) async throws {
        try await registry.perform(
            GrantAccess(
                organization: organization,
                principal: try #require(Principal(principal)),
                permission: permission,
                until: try through.map { try #require(CalendarDate($0)) }
            ),
            as: caller
        )
    }

    private func revoke(
        _ principal: String,
        _ permission: Permission,
        in registry: TestRegistry,
        as caller: Caller = TestRegistry.owner
    ) async throws {
        try await registry.perform(
            RevokeAccess(
                organization: organization,
                principal: try #require(Principal(principal)),
                permission: permission
            ),
            as: caller
        )
    }

    private func withOrganization(_ body: (TestRegistry) async throws -> Void) async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization(timeZone: try #require(OrganizationTimeZone("Europe/Berlin")))
            try await body(registry)
        }
    }

    private func code(_ body: () async throws -> Void) async throws -> RefusalCode? {
        try await refusal(of: body)?.code
    }

    @Test("R13: who was granted nothing may nothing; who was granted a permission has that one; an administrator all")
    func permissions() async throws {
        try await withOrganization { registry in
            let query = ShowOrganization(organization: organization)
            let alice = registry.caller("alice")
            #expect(try await code { _ = try await registry.answer(query, as: alice) } == .organizationNotFound)
            try await grant("user:alice", .keys, in: registry)
            #expect(try await code { _ = try await registry.answer(query, as: alice) } == .accessDenied)
            try await grant("user:alice", .statement, in: registry)
            _ = try await registry.answer(query, as: alice)
            try await grant("group:office", .administrator, in: registry)
            _ = try await registry.answer(query, as: registry.caller("bob", groups: ["office"]))
            try await grant("user:eve", .software, in: registry, as: registry.caller("bob", groups: ["office"]))
            #expect(try await code { try await grant("user:eve", .keys, in: registry, as: alice) } == .accessDenied)
        }
    }

    @Test("R13: a grant with an end goes through its last second, in the organisation's time zone")
    func end() async throws {
        try await withOrganization { registry in
            try await grant("user:alice", .statement, through: "2026-03-31", in: registry)
            let alice = registry.caller("alice")
            let query = ShowOrganization(organization: organization)
            // Berlin is two hours ahead on that day.
            registry.clock.set(try #require(Instant("2026-03-31T21:59:59.999999Z")))
            _ = try await registry.answer(query, as: alice)
            registry.clock.set(try #require(Instant("2026-03-31T22:00:00Z")))
            #expect(try await code { _ = try await registry.answer(query, as: alice) } == .organizationNotFound)
        }
    }

    @Test("R13: an end before today is refused, today is not")
    func pastEnd() async throws {
        try await withOrganization { registry in
            #expect(
                try await code { try await grant("user:alice", .keys, through: "2026-03-01", in: registry) }
                    == .dateTooEarly
            )
            try await grant("user:alice", .keys, through: "2026-03-02", in: registry)
        }
    }

    @Test("R13: the same grant is refused, another end replaces it, and the history keeps both")
    func replaced() async throws {
        try await withOrganization { registry in
            try await grant("user:alice", .keys, in: registry)
            #expect(try await code { try await grant("user:alice", .keys, in: registry) } == .grantExists)
            try await grant("user:alice", .keys, through: "2026-12-31", in: registry)
            let current = try await registry.answer(ListAccess(organization: organization))
            #expect(
                current.filter { $0.principal == "user:alice" }.map { $0.until?.description } == ["2026-12-31"]
            )
            let all = try await registry.answer(ListAccess(organization: organization, ended: true))
            #expect(all.filter { $0.principal == "user:alice" }.count == 2)
        }
    }

    @Test("R13: the last administrator cannot be revoked, nor given an end; the last but one can")
    func lastAdministrator() async throws {
        try await withOrganization { registry in
            #expect(
                try await code { try await revoke("user:owner", .administrator, in: registry) } == .lastAdministrator
            )
            #expect(
                try await code { try await grant("user:owner", .administrator, through: "2027-01-01", in: registry) }
                    == .lastAdministrator
            )
            try await grant("user:alice", .administrator, through: "2026-12-31", in: registry)
            #expect(
                try await code { try await revoke("user:owner", .administrator, in: registry) } == .lastAdministrator
            )
            try await grant("group:office", .administrator, in: registry)
            try await revoke("user:owner", .administrator, in: registry)
            #expect(
                try await code { try await revoke("group:office", .administrator, in: registry) } == .lastAdministrator
            )
        }
    }

    @Test("R13: what is not held cannot be revoked")
    func notHeld() async throws {
        try await withOrganization { registry in
            let refusal = await #expect(throws: Refusal.self) {
                try await revoke("user:alice", .keys, in: registry)
            }
            #expect(refusal?.code == .grantNotFound)
            #expect(refusal?.detail == #"user:alice does not have the permission "keys" in contoso."#)
            try await grant("user:alice", .keys, in: registry)
            try await revoke("user:alice", .keys, in: registry)
            #expect(try await code { try await revoke("user:alice", .keys, in: registry) } == .grantNotFound)
        }
    }

    @Test("R19: grants, revocations and denials are rows of the ledger, each with who and when")
    func ledger() async throws {
        try await withOrganization { registry in
            try await grant("user:alice", .keys, in: registry)
            try await revoke("user:alice", .keys, in: registry)
            try await grant("user:eve", .software, in: registry)
            _ = try await code { try await grant("user:alice", .keys, in: registry, as: registry.caller("eve")) }
            _ = try await code {
                _ = try await registry.answer(ShowOrganization(organization: organization), as: registry.caller("eve"))
            }
            let rows = try await registry.answer(ListAudit(subject: "contoso")).items
            #expect(
                rows.map { "\($0.actor) \($0.action)" } == [
                    "user:owner organization.add", "user:owner access.grant", "user:owner access.revoke",
                    "user:owner access.grant", "user:eve access.grant-refused", "user:eve access.denied",
                ]
            )
            #expect(try await registry.answer(VerifyAudit()).sound)
        }
    }

    @Test("R16: who could have seen a code is whoever held keys or administrator at some instant in between")
    func overlap() throws {
        func stored(_ from: Int64, until: Int64?, revoked: Int64?) -> StoredGrant {
            StoredGrant(
                number: 1,
                grant: AccessGrant(
                    organizationID: organization,
                    principal: "user:a",
                    permission: .keys,
                    from: Instant(microsecondsSinceEpoch: from),
                    until: until.map(Instant.init(microsecondsSinceEpoch:)),
                    grantedBy: "user:o"
                ),
                revokedAt: revoked.map(Instant.init(microsecondsSinceEpoch:))
            )
        }
        func sees(_ grant: StoredGrant) -> Bool {
            grant.overlaps(from: Instant(microsecondsSinceEpoch: 10), through: Instant(microsecondsSinceEpoch: 20))
        }
        #expect(sees(stored(0, until: nil, revoked: nil)))
        #expect(sees(stored(20, until: nil, revoked: nil)))
        #expect(!sees(stored(21, until: nil, revoked: nil)))
        #expect(sees(stored(0, until: 11, revoked: nil)))
        #expect(!sees(stored(0, until: 10, revoked: nil)))
        #expect(!sees(stored(0, until: 30, revoked: 10)))
        #expect(sees(stored(0, until: 30, revoked: 11)))
        #expect(!sees(stored(0, until: 10, revoked: 30)))
    }

    @Test("R16, R19: who could have seen a code between two instants, who did, and who was refused")
    func exposure() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await grant("user:alice", .keys, through: "2026-04-30", in: registry)
            try await grant("user:bob", .cloud, in: registry)
            _ = try await registry.service.reveal(
                RevealToken(token: token),
                as: registry.caller("alice"),
                options: registry.options()
            )
            #expect(
                try await code {
                    _ = try await registry.service.reveal(
                        RevealToken(token: token),
                        as: registry.caller("bob"),
                        options: registry.options()
                    )
                } == .accessDenied
            )
            let now = try await registry.answer(ShowTokenExposure(token: token))
            #expect(now.could.map(\.principal) == ["user:owner", "user:alice"])
            #expect(now.did.map(\.actor) == ["user:alice"])
            #expect(now.refused.map(\.actor) == ["user:bob"])
            let later = try await registry.answer(
                ShowTokenExposure(
                    token: token,
                    since: .instant(try #require(Instant("2026-05-01T00:00:00Z"))),
                    until: .instant(try #require(Instant("2026-06-01T00:00:00Z")))
                )
            )
            #expect(later.could.map(\.principal) == ["user:owner"])
            #expect(later.did.isEmpty)
            #expect(
                try await code {
                    _ = try await registry.answer(
                        ShowTokenExposure(token: token),
                        as: registry.caller("alice")
                    )
                } == .accessDenied
            )
        }
    }
}
