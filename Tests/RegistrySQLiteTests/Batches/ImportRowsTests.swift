import Testing

@testable import Registry

@Suite("Existing data on a first day")
struct ImportRowsTests {
    private let contoso = OrganizationID(stored: "contoso")

    /// As a list prints it.
    private func enrollments(_ registry: TestRegistry) async throws -> [EnrollmentResource] {
        try await registry.answer(ListEnrollments(organization: contoso))
    }

    @Test("Enrollments with their endings and successors are imported as they were listed")
    func enrollments() async throws {
        let header =
            "id,organizationId,locationId,program,competency,startsOn,endsOn,status,ending,endedOn,predecessorId,mintsTokens\n"
        let rows = """
            new,contoso,hq,silver-competency,Cloud,2026-01-01,2026-12-31,active,,,old,false
            old,contoso,hq,silver-competency,Cloud,2025-01-01,2025-12-31,renewed,renewed,2026-01-01,,false
            gone,contoso,hq,action-pack,,2025-06-01,2026-05-31,ended,ended,2026-02-01,,true

            """
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let batch = ImportEnrollments(organization: contoso, file: .text(header + rows))
            let first = try await registry.perform(batch)
            #expect((first.rows, first.unchanged) == (3, 0))
            let listed = try await enrollments(registry)
            #expect(listed.map(\.id.value).sorted() == ["gone", "new", "old"])
            #expect(listed.first { $0.id.value == "new" }?.predecessorId?.value == "old")
            #expect(listed.map(\.status.rawValue).sorted() == ["active", "ended", "renewed"])
            #expect(try await registry.perform(batch).unchanged == 3)
            #expect(try await enrollments(registry) == listed)
            let findings = try await registry.answer(Check()).findings
            #expect(findings == [], "\(findings)")
        }
    }

    @Test(
        "An enrollment that cannot have been is refused, with its column",
        arguments: [
            ("2026-01-01,2026-12-30,,,", "endsOn"), ("2026-01-01,,ended,,", "ending"),
            ("2026-01-01,,,2026-02-01,", "endedOn"),
            ("2026-01-01,,ended,2025-12-31,", "endedOn"), ("2026-01-01,,ended,2026-03-03,", "endedOn"),
            ("2026-01-01,,,,nothing", "predecessorId"), ("2026-01-01,,,,E1", "predecessorId"),
            ("2026-01-01,,lost,2026-02-01,", "ending"), ("1926-01-01,,,,", "startsOn"),
            ("2026-01-01,,renewed,2026-02-01,", "ending"),
        ]
    )
    func badEnrollments(_ row: String, _ column: String) async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let text = "program,startsOn,endsOn,ending,endedOn,predecessorId\nsilver-competency,\(row)\n"
            let refused = try await refusal {
                try await registry.perform(ImportEnrollments(organization: contoso, file: .text(text)))
            }
            #expect(refused?.inputProblems.map(\.column) == [column], "\(refused?.inputProblems ?? [])")
            #expect(try await enrollments(registry).count == 1)
        }
    }

    @Test("Organisations and locations that are there already have to be as the row says")
    func organizations() async throws {
        try await withTestRegistry { registry in
            let header = "id,name,country,timeZone,portal,yearLength,anniversaryBasis\n"
            let rows = "contoso,Contoso,DE,Europe/Berlin,pmc,365-days,payment\nfabrikam,Fabrikam,FR,,,,\n"
            #expect(
                try await registry.perform(ImportOrganizations(file: .text(header + rows))).parts.map(\.rows) == [2]
            )
            #expect(try await registry.perform(ImportOrganizations(file: .text(header + rows))).unchanged == 2)
            let other = rows.replacing("Contoso,DE", with: "Contoso,AT") + "new,New,DE,,,,\n"
            let refused = try await refusal {
                try await registry.perform(ImportOrganizations(file: .text(header + other)))
            }
            #expect(refused?.inputProblems.map(\.row) == [2])
            #expect(refused?.inputProblems.map(\.column) == ["country"])
            #expect(try await registry.answer(ListOrganizations()).items.count == 2)

            let locations = """
                id,organizationId,name,country,headquarters,associated
                hq,contoso,Contoso,DE,yes,yes
                lyon,contoso,Lyon,FR,no,no
                lyon,fabrikam,Lyon,FR,no,yes

                """
            let added = try await registry.perform(ImportLocations(file: .text(locations)))
            #expect((added.rows, added.unchanged) == (3, 1))
            let refusedLocation = try await refusal {
                try await registry.perform(ImportLocations(file: .text(locations.replacing("no,no", with: "no,yes"))))
            }
            #expect(refusedLocation?.inputProblems.map(\.column) == ["associated"])
            #expect(try await registry.answer(VerifyAudit()).sound)
            #expect(try await registry.answer(Check()).sound)
        }
    }

    @Test("R39: the purchases of a file are judged one after another")
    func subscriptions() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let text = """
                tenantDomain,skuPartNumber,seats,source,startsOn,serviceEndsOn
                contoso.onmicrosoft.com,ENTERPRISEPACK,25,Reseller,2026-03-02,2027-02-28
                contoso.onmicrosoft.com,NOSUCH,5,Reseller,,
                contoso.onmicrosoft.com,ENTERPRISEPACK,many,Reseller,,
                contoso.onmicrosoft.com,ENTERPRISEPACK,0,Reseller,,
                contoso.onmicrosoft.com,ENTERPRISEPACK,5,program,,
                nowhere.example,ENTERPRISEPACK,5,Reseller,,

                """
            let refused = try await refusal { try await registry.perform(AddSubscriptions(file: .text(text))) }
            #expect(refused?.inputProblems.map(\.row) == [3, 4, 5, 6, 7])
            #expect(
                refused?.inputProblems.map(\.column) == ["skuPartNumber", "seats", "seats", "source", "tenantDomain"]
            )
            let good = text.split(separator: "\n").prefix(2).joined(separator: "\n")
            #expect(try await registry.perform(AddSubscriptions(file: .text(good))).parts.map(\.rows) == [1])
        }
    }
}
