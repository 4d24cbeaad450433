import RegistrySQLite
import Testing

@testable import Registry

@Suite("What is denied, and what the ledger says of it")
struct DenialTests {
    private let contoso = OrganizationID(stored: "contoso")

    private func rows(_ registry: TestRegistry, after count: Int = 0) async throws -> [AuditEntry] {
        let all = try await registry.store.read { try $0.auditEntries(.all, after: .beginning, limit: 10_000) }
        return Array(all.dropFirst(count))
    }

    @Test(
        "R13, R14, R15: a denial cites the rule that its permission comes from",
        arguments: zip(Permission.allCases, [Rule.r13, .r13, .r15, .r14, .r13])
    )
    func rules(permission: Permission, rule: Rule) async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let other: Permission = permission == .software ? .cloud : .software
            try await registry.grant("user:alice", other)
            let alice = registry.caller("alice")
            let denied = try await refusal {
                switch permission {
                case .software:
                    let ann = try UserPrincipalName("ann@contoso.com")
                    _ = try await registry.perform(
                        AssignLicense(organization: contoso, userPrincipalName: ann, product: .officeSuite),
                        as: alice
                    )
                case .cloud: _ = try await registry.answer(ListTenants(organization: contoso), as: alice)
                case .keys:
                    _ = try await registry.answer(
                        ListKeys(organization: contoso),
                        as: alice
                    )
                case .statement: _ = try await registry.answer(ShowStatement(organization: contoso), as: alice)
                case .administrator:
                    _ = try await registry.answer(
                        ListAccess(organization: contoso),
                        as: alice
                    )
                }
            }
            #expect(denied?.code == .accessDenied)
            #expect(denied?.rule == rule)
            #expect(denied?.fact("permission") == permission.rawValue)
        }
    }

    @Test("R13: names are suggested from what the caller may see: a stranger's none, one's own, the owner's all")
    func suggestions() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization("contoso")
            try await registry.addOrganization("contosa")
            try await registry.signUp("contoso.onmicrosoft.com", of: "contoso")
            try await registry.signUp("contosa.onmicrosoft.com", of: "contosa")
            try await registry.grant("user:alice", .cloud, in: "contosa")
            func near(_ caller: Caller) async throws -> [String?] {
                let organization = try await refusal {
                    _ = try await registry.answer(
                        ShowOrganization(organization: OrganizationID(stored: "contosx")),
                        as: caller
                    )
                }
                let tenant = try await refusal {
                    let reference = try TenantReference("contosx.onmicrosoft.com")
                    _ = try await registry.answer(ShowTenant(tenant: reference), as: caller)
                }
                #expect(organization?.code == .organizationNotFound)
                #expect(tenant?.code == .tenantNotFound)
                return [organization?.fact("near"), tenant?.fact("near")]
            }
            #expect(try await near(registry.caller("eve")) == ["", ""])
            #expect(try await near(registry.caller("alice")) == ["contosa", "contosa.onmicrosoft.com"])
            #expect(
                try await near(registry.owner)
                    == ["contosa, contoso", "contosa.onmicrosoft.com, contoso.onmicrosoft.com"]
            )
        }
    }

    @Test("R13: a list of organisations and of renewals has a caller's own, and its cursor names no other")
    func lists() async throws {
        try await withTestRegistry { registry in
            for name in ["a", "b", "c", "d"] {
                try await registry.addOrganization(name)
                try await registry.addEnrollment("gold-\(name)", of: name)
            }
            try await registry.grant("user:alice", .statement, in: "b")
            try await registry.grant("user:alice", .statement, in: "d")
            let (alice, eve) = (registry.caller("alice"), registry.caller("eve"))
            let first = try await registry.answer(ListOrganizations(limit: PageLimit(1)), as: alice)
            #expect(first.items.map(\.id.value) == ["b"])
            #expect(first.next?.value == "b")
            let second = try await registry.answer(ListOrganizations(after: first.next, limit: PageLimit(1)), as: alice)
            #expect(second.items.map(\.id.value) == ["d"])
            let due = try await registry.answer(ListDueRenewals(within: 400, limit: PageLimit(1)), as: alice)
            #expect(due.items.map(\.enrollmentId.value) == ["gold-b"])
            #expect(due.next?.id.value == "gold-b")
            let rest = try await registry.answer(
                ListDueRenewals(within: 400, after: due.next, limit: PageLimit(1)),
                as: alice
            )
            #expect(rest.items.map(\.enrollmentId.value) == ["gold-d"])
            let none = try await registry.answer(ListOrganizations(limit: PageLimit(1)), as: eve)
            #expect(none.items.isEmpty)
            #expect(none.next == nil)
            let nothing = try await registry.answer(ListDueRenewals(within: 400, limit: PageLimit(1)), as: eve)
            #expect(nothing.items.isEmpty)
            #expect(nothing.next == nil)
            let rows = try await registry.answer(ShowStatus(), as: alice).ledgerRows
            #expect(rows == nil)
        }
    }

    @Test("R19: a row belongs to its organisation, whose administrator reads those and no other")
    func ownLedger() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.addOrganization("fabrikam")
            try await registry.grant("user:alice", .administrator)
            try await registry.grant("user:bob", .keys)
            try await registry.redeem(token)
            let alice = registry.caller("alice")
            // An insider's denial is a row of the organisation, a stranger's is not.
            for name in ["bob", "eve"] {
                _ = try await refusal {
                    _ = try await registry.answer(ListTenants(organization: contoso), as: registry.caller(name))
                }
            }
            let own = ListAudit(organization: contoso)
            let rows = try await registry.answer(own, as: alice).items
            #expect(Set(rows.map(\.organizationId)) == [contoso])
            #expect(rows.map(\.action).contains("token.redeem"))
            #expect(rows.filter { $0.action == "access.denied" }.map(\.actor) == ["user:bob"])
            let all = try await self.rows(registry)
            #expect(rows.map(\.hash) == all.filter { $0.organizationID == contoso }.map(\.hash.hexadecimal))
            #expect(rows.map(\.sequence) == (1...rows.count).map(Int64.init))
            #expect(
                all.filter { $0.action == "access.denied" && $0.organizationID == nil }.map(\.actor) == ["user:eve"]
            )
            for organization in [nil, OrganizationID(stored: "fabrikam")] {
                let denied = try await refusal {
                    _ = try await registry.answer(ListAudit(organization: organization), as: alice)
                }
                #expect(denied?.code == (organization == nil ? .accessDenied : .organizationNotFound))
            }
            let bob = try await refusal { _ = try await registry.answer(own, as: registry.caller("bob")) }
            #expect(bob?.code == .accessDenied)
            #expect(try await registry.answer(VerifyAudit()).sound)
            let verdict = try await registry.answer(VerifyAudit(organization: contoso), as: alice)
            let last = try await registry.answer(own, as: alice).items.last
            #expect(verdict.sound && verdict.rows == last?.sequence && verdict.head == last?.hash)
            let foreign = VerifyAudit(organization: OrganizationID(stored: "fabrikam"))
            #expect(
                try await refusal { _ = try await registry.answer(foreign, as: alice) }?.code == .organizationNotFound
            )
            for caller in [alice, registry.caller("bob")] {
                let denied = try await refusal { _ = try await registry.answer(VerifyAudit(), as: caller) }
                #expect(denied?.code == .accessDenied)
            }
        }
    }

    @Test("R19: of a caller's denials a bounded number is recorded, the next row counts the rest, and the writer rests")
    func bound() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            func commits() async throws -> Int64 { try await registry.store.read { try $0.lastSeal()?.number } ?? 0 }
            let earlier = try await commits()
            let before = try await rows(registry).count
            let eve = registry.caller("eve")
            for _ in 0..<200 {
                _ = try await refusal {
                    _ = try await registry.answer(ShowOrganization(organization: contoso), as: eve)
                }
                _ = try await refusal { try await registry.addLocation("l", as: eve) }
            }
            let recorded = try await rows(registry, after: before)
            #expect(recorded.count == 20)
            #expect(recorded.allSatisfy { $0.actor == "user:eve" && $0.organizationID == nil })
            #expect(try await commits() == earlier + 20)
            // Another caller's are recorded all the same.
            _ = try await refusal {
                _ = try await registry.answer(ShowOrganization(organization: contoso), as: registry.caller("mallory"))
            }
            #expect(try await rows(registry, after: before).last?.actor == "user:mallory")
            registry.clock.advance(seconds: 60)
            _ = try await refusal { _ = try await registry.answer(ShowOrganization(organization: contoso), as: eve) }
            let next = try #require(try await rows(registry, after: before).last)
            #expect(next.actor == "user:eve")
            #expect(next.changes.contains(#""leftOut":380"#))
            // Whoever was denied often and may by now is not held up.
            try await registry.grant("user:eve", .administrator)
            for _ in 0..<30 { _ = try await refusal { _ = try await registry.answer(Check(), as: eve) } }
            try await registry.addLocation("l", as: eve)
        }
    }
}

extension TestRegistry {
    func grant(_ principal: String, _ permission: Permission, in organization: String = "contoso") async throws {
        try await perform(
            GrantAccess(
                organization: OrganizationID(stored: organization),
                principal: Principal(stored: principal),
                permission: permission
            )
        )
    }

    fileprivate func addLocation(_ id: String, as caller: Caller) async throws {
        try await perform(
            AddLocation(
                organization: OrganizationID(stored: "contoso"),
                id: LocationID(stored: id),
                name: KeptText(stored: id),
                country: CountryCode("US")
            ),
            as: caller
        )
    }
}
