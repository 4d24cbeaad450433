import Testing

@testable import Registry

@Suite("On-premises licences are given to users, and taken back")
struct LicenseAssignmentTests {
    @Test("R42: a licence that was bought outside is recorded with its source, and does not count")
    func external() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let recorded = try await registry.assignLicense(
                "a@contoso.com",
                product: "exchange-cal",
                source: "Open 7123"
            )
            #expect(recorded.assignment.source == "Open 7123")
            #expect(recorded.assignment.licenses == ["exchange-cal"])
            #expect(!recorded.assignment.counted)
            try await registry.assignLicense("b@contoso.com", source: "Open 7123")
            let office = try #require(try await registry.officeSuite())
            #expect(office.used.total == 0)
            #expect(office.uncounted.boughtOutside == 1)
        }
    }

    @Test("R41: a single licence of the suite does not come from the programme")
    func single() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            let refused = try await refusal { try await registry.assignLicense("a@contoso.com", product: "lync-cal") }
            #expect(refused?.code == .licenseNotAllowed)
            #expect(refused?.rule == .r41)
            let unknown = try await refusal {
                try await registry.assignLicense("a@contoso.com", product: "office-suit")
            }
            #expect(unknown?.fact("near") == "office-suite")
        }
    }

    @Test("R05: an Action Pack's licences are used in its own country, and the 6th use there needs others")
    func actionPack() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization(country: "US")
            try await registry.addLocation("rome", country: "IT")
            try await registry.addEnrollment(program: "action-pack", location: "rome")
            let elsewhere = try await refusal { try await registry.assignLicense("a@contoso.com") }
            #expect(elsewhere?.code == .entitlementExceeded)
            #expect(elsewhere?.rule == .r05)
            for number in 1...5 { try await registry.assignLicense("i\(number)@contoso.com", location: "rome") }
            let sixth = try await refusal { try await registry.assignLicense("i6@contoso.com", location: "rome") }
            #expect(sixth?.code == .entitlementExceeded)
            #expect(sixth?.fact("available") == "0")
        }
    }

    @Test("R02, R03, R05: the worked example, 300 granted in X and 400 in Y with 500 for each country")
    func workedExample() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization(country: "US")
            try await registry.addLocation("y", country: "FR")
            try await registry.addLocation("z", country: "IT")
            let maximum = ProductMaximum(country: 500, worldwide: 1500)
            try await registry.addProgram("x", kind: .goldCompetency, officeSuites: 300, maximum: maximum)
            try await registry.addProgram("y", kind: .goldCompetency, officeSuites: 400, maximum: maximum)
            try await registry.addEnrollment(program: "x")
            try await registry.addEnrollment(program: "y", location: "y")
            try registry.insertLicenses(499, prefix: "x", location: "hq", on: "2026-03-01")
            try registry.insertLicenses(199, prefix: "y", location: "y", on: "2026-03-01")

            try await registry.assignLicense("last-x@contoso.com")
            try await registry.assignLicense("last-y@contoso.com", location: "y")
            let maximumPassed = try await refusal { try await registry.assignLicense("x501@contoso.com") }
            #expect(maximumPassed?.code == .entitlementCountryMaximum)
            #expect(maximumPassed?.rule == .r02)
            let exceeded = try await refusal { try await registry.assignLicense("y201@contoso.com", location: "y") }
            #expect(exceeded?.code == .entitlementExceeded)
            #expect(exceeded?.fact("filledBy") == "FR 200, US 500")
            #expect(exceeded?.fact("waysToMore")?.contains("volume-licensing") == true)

            // With an Action Pack in Z, Z can use those 5, and X and Y cannot.
            try await registry.addEnrollment(program: "action-pack", location: "z")
            for number in 1...5 { try await registry.assignLicense("z\(number)@contoso.com", location: "z") }
            let sixth = try await refusal { try await registry.assignLicense("z6@contoso.com", location: "z") }
            #expect(sixth?.code == .entitlementExceeded)
            let still = try await refusal { try await registry.assignLicense("y201@contoso.com", location: "y") }
            #expect(still?.code == .entitlementExceeded)
            let office = try #require(try await registry.officeSuite())
            #expect(office.entitlement == 705)
            #expect(office.available == 0)
        }
    }

    @Test("A licence that was released can be given again, and its user shows both")
    func again() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            try await registry.assignLicense("a@contoso.com")
            try await registry.releaseLicense("a@contoso.com")
            #expect(
                try await refusal { try await registry.releaseLicense("a@contoso.com") }?.code == .assignmentNotFound
            )
            try await registry.assignLicense("a@contoso.com")
            let user = try await registry.answer(
                ShowUser(organization: OrganizationID(stored: "contoso"), user: UserPrincipalName("a@contoso.com"))
            )
            #expect(user.assignments.map(\.to) == [date("2026-03-02"), nil])
            #expect(try await registry.usageFindings().isEmpty)
        }
    }
}
