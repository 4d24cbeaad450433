import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("A person in the ledger, and out of the registry")
struct EraseUserTests {
    private static let contoso = OrganizationID(stored: "contoso")
    private static let ann = "ann@contoso.com"

    @Test("R19: the ledger names a person by a pseudonym, and shows the name while it is known")
    func pseudonym() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat(Self.ann)
            // A refusal names the person too, whom the registry did not know.
            try await registry.grant("user:carl", .software)
            let carl = registry.caller("carl")
            let ben = try UserPrincipalName("ben@contoso.com")
            _ = try await refusal {
                try await registry.perform(
                    AssignSeat(
                        tenant: TenantReference("contoso.onmicrosoft.com"),
                        userPrincipalName: ben,
                        skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK")
                    ),
                    as: carl
                )
            }
            #expect(
                try registry.value(Int.self, "SELECT count(*) FROM audit WHERE subject || changes LIKE '%@contoso%'")
                    == 0
            )
            for user in [Self.ann, ben.value] {
                let rows = try await registry.answer(ListAudit(organization: Self.contoso, subject: user)).items
                #expect(rows.map(\.subject) == [user], "\(user)")
                #expect(try await registry.answer(ListAudit(subject: user)).items.map(\.hash) == rows.map(\.hash))
                let exported = try await registry.answer(ExportAudit(organization: Self.contoso)).items
                let row = try #require(exported.first { $0.hash == rows.first?.hash })
                #expect(row.subject.hasSuffix("@person.invalid"))
            }
            let signup = try await registry.answer(ListAudit(subject: "contoso.onmicrosoft.com")).items.first
            guard case .object(let changes)? = signup?.changes else { preconditionFailure("the sign-up is a row") }
            #expect(changes["administrator"] == .text("admin@contoso.onmicrosoft.com"))
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("An erased name is nowhere in the files, every figure and every hash stays, and work goes on", .onSQLite)
    func erased() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat(Self.ann)
            try await registry.assignSeat("joann@contoso.com")
            try await registry.assignLicense("ann@contoso.com", product: "exchange-cal", source: "elsewhere")
            try await registry.releaseLicense("ann@contoso.com", product: "exchange-cal")
            let keyed = ReleaseSeat(
                tenant: try TenantReference("contoso.onmicrosoft.com"),
                userPrincipalName: try UserPrincipalName("joann@contoso.com"),
                skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK")
            )
            let released = try await registry.perform(keyed, key: "k")
            let statement = try await registry.answer(ShowStatement(organization: Self.contoso))
            let exported = try await registry.answer(ExportAudit(organization: Self.contoso)).items

            let name = try UserPrincipalName(Self.ann)
            let plan = try await registry.perform(EraseUser(organization: Self.contoso, user: name), dryRun: true)
            #expect(try await registry.answer(ShowUser(organization: Self.contoso, user: name)).assignments.count == 2)
            let answer = try await registry.perform(EraseUser(organization: Self.contoso, user: name))
            #expect(answer == plan)
            #expect(answer.openAssignments == 1)
            _ = try await registry.perform(
                EraseUser(organization: Self.contoso, user: UserPrincipalName("joann@contoso.com"))
            )

            // Every figure and every row is what it was.
            #expect(try await registry.answer(ShowStatement(organization: Self.contoso)).figures == statement.figures)
            let now = try await registry.answer(ExportAudit(organization: Self.contoso)).items
            #expect(Array(now.prefix(exported.count)) == exported)
            let verdict = try await registry.answer(VerifyAudit())
            #expect(verdict.sound)
            #expect(try await registry.answer(Check()).findings == [])

            // The person has the pseudonym now, in the history and in the ledger.
            let gone = try await refusal {
                _ = try await registry.answer(ShowUser(organization: Self.contoso, user: name))
            }
            #expect(gone?.code == .userNotFound)
            let history = try await registry.answer(ShowUser(organization: Self.contoso, user: answer.pseudonym))
            #expect(history.assignments.allSatisfy { $0.userPrincipalName == answer.pseudonym })
            #expect(history.assignments.count == 2)
            let rows = try await registry.answer(
                ListAudit(organization: Self.contoso, subject: answer.pseudonym.value)
            ).items
            #expect(rows.map(\.action) == ["seat.assign", "license.assign", "license.release", "user.erase"])
            #expect(rows.allSatisfy { $0.subject == answer.pseudonym.value })
            // So does an answer that is given again.
            let again = try await registry.perform(keyed, key: "k")
            #expect(again.auditSequence == released.auditSequence)
            #expect(again.assignment.userPrincipalName.isPseudonym)

            // Erased once, and for ever.
            for user in [name, answer.pseudonym] {
                let refused = try await refusal {
                    try await registry.perform(EraseUser(organization: Self.contoso, user: user))
                }
                #expect(refused?.code == .userNotFound)
            }
            try await registry.releaseSeat(answer.pseudonym.value)
            let unknown = try await refusal {
                try await registry.assignSeat("00000000000000000000000000000000@person.invalid")
            }
            #expect(unknown?.code == .userNotFound)

            registry.store.close()
            let files = try FileManager.default.contentsOfDirectory(atPath: registry.directory.path)
            #expect(files.contains("registry.db"))
            for file in files {
                let path = "\(registry.directory.path)/\(file)"
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                #expect(bytes.range(of: Data("ann@contoso.com".utf8)) == nil, "\(file)")
                if file == "registry.db" {
                    #expect(bytes.range(of: Data("admin@contoso.onmicrosoft.com".utf8)) != nil, "the search works")
                }
            }
            let reopened = try TestRegistry(opening: registry.directory, clock: registry.clock, seed: 9)
            defer { reopened.store.close() }
            // Who comes back is somebody new.
            try await reopened.assignSeat(Self.ann)
            let back = try await reopened.answer(ListAudit(organization: Self.contoso, subject: Self.ann)).items
            #expect(back.map(\.action) == ["seat.assign"])
            #expect(try await reopened.answer(Check()).findings == [])
        }
    }

    @Test("R13: an administrator of the organisation erases, in that organisation alone; anybody else is denied")
    func permission() async throws {
        try await withTestRegistry { registry in
            for organization in ["contoso", "fabrikam"] {
                try await registry.addOrganization(organization)
                try await registry.signUp("\(organization).com", of: organization)
            }
            try await registry.grant("user:alice", .administrator)
            try await registry.grant("user:bob", .cloud)
            let admin = try UserPrincipalName("admin@contoso.com")
            let erase = EraseUser(organization: Self.contoso, user: admin)
            #expect(
                try await refusal { try await registry.perform(erase, as: registry.caller("bob")) }?.code
                    == .accessDenied
            )
            #expect(
                try await refusal { try await registry.perform(erase, as: registry.caller("eve")) }?.code
                    == .organizationNotFound
            )
            let foreign = EraseUser(organization: OrganizationID(stored: "fabrikam"), user: admin)
            #expect(
                try await refusal { try await registry.perform(foreign, as: registry.caller("alice")) }?.code
                    == .organizationNotFound
            )
            #expect(try await refusal { try await registry.perform(foreign) }?.code == .userNotFound)
            let answer = try await registry.perform(erase, as: registry.caller("alice"), key: "once")
            #expect(try await registry.perform(erase, as: registry.caller("alice"), key: "once") == answer)
            let tenant = try await registry.answer(ShowTenant(tenant: TenantReference("contoso.com")))
            #expect(tenant.administrator == answer.pseudonym)
            #expect(tenant.services.map(\.administrator) == [answer.pseudonym])
            let other = try await registry.answer(ShowTenant(tenant: TenantReference("fabrikam.com")))
            #expect(other.administrator.value == "admin@fabrikam.com")
            #expect(try await registry.answer(Check()).findings == [])
        }
    }

    @Test("No plain SQL takes a name away, brings one back or gives another", .onSQLite)
    func guards() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat(Self.ann)
            try await registry.perform(EraseUser(organization: Self.contoso, user: UserPrincipalName(Self.ann)))
            let erased = "(SELECT number FROM people WHERE erased_at IS NOT NULL)"
            for statement in [
                "DELETE FROM person_names", "UPDATE person_names SET user_principal_name = 'x@y.example'",
                "INSERT INTO person_names VALUES (\(erased), 1, 'x@y.example', zeroblob(32))",
                "INSERT INTO person_names SELECT max(number), 2, 'x@y.example', zeroblob(32) FROM people",
                "REPLACE INTO person_names SELECT person, organization, 'x@y.example', salt FROM person_names",
                "INSERT INTO people VALUES (90, 1, 'x@person.invalid', 5)",
                "UPDATE people SET erased_at = NULL WHERE number = \(erased)",
                "UPDATE people SET erased_at = erased_at + 1 WHERE number = \(erased)",
                "UPDATE people SET erased_at = 5, pseudonym = 'x@person.invalid' WHERE erased_at IS NULL",
                "DELETE FROM people",
            ] {
                #expect(throws: SQLiteError.self, "\(statement)") { try registry.sql(statement) }
            }
            // Who marks somebody as erased, so that the name can be removed, is found.
            try registry.sql("UPDATE people SET erased_at = 5 WHERE erased_at IS NULL; DELETE FROM person_names")
            let findings = try await registry.answer(Check()).findings
            #expect(Set(findings.map(\.subject)) == ["people", "person_names"])
        }
    }
}
