import Testing

@testable import Registry

@Suite("Users switch between the cloud and on-premises")
struct SwitchTests {
    @Test("R41: a switch takes the one and gives the other in one step, and the entitlement stays as used as it was")
    func oneUser() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat("a@contoso.com")
            let recorded = try await registry.switchUser("a@contoso.com")
            #expect(recorded.ended.to == date("2026-03-02"))
            #expect(
                recorded.begun.licenses == [
                    "office-professional-plus", "sharepoint-cal", "lync-cal", "exchange-cal",
                ]
            )
            var office = try #require(try await registry.officeSuite())
            #expect((office.used.cloud, office.used.onPremises) == (0, 1))
            try await registry.switchUser("a@contoso.com", toCloud: "contoso.onmicrosoft.com")
            office = try #require(try await registry.officeSuite())
            #expect((office.used.cloud, office.used.onPremises) == (1, 0))
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test("R41: a switch works with all of the entitlement in use")
    func full() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            for number in 1...25 { try await registry.assignSeat("u\(number)@contoso.com") }
            try await registry.switchUser("u1@contoso.com")
            #expect(try await refusal { try await registry.assignSeat("x@contoso.com") }?.code == .entitlementExceeded)
        }
    }

    @Test("A switch to where the user is, and of a user who has nothing, is refused")
    func nothingToDo() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignLicense("a@contoso.com")
            #expect(try await refusal { try await registry.switchUser("a@contoso.com") }?.code == .assignmentExists)
            #expect(try await refusal { try await registry.switchUser("b@contoso.com") }?.code == .assignmentNotFound)
        }
    }

    @Test("R41: users of one file take each other's seats, whatever their order")
    func bothWays() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.addEnrollment(program: "gold-competency")
            for number in 1...25 { try await registry.assignSeat("c\(number)@contoso.com") }
            for number in 1...25 { try await registry.assignLicense("p\(number)@contoso.com") }
            let comers = (1...25).map { "p\($0)@contoso.com,cloud,contoso.onmicrosoft.com\n" }.joined()
            let goers = (1...25).map { "c\($0)@contoso.com,on-premises,\n" }.joined()
            let answer = try await registry.switchUsers("user,to,tenant\n" + comers + goers)
            #expect(answer.switched == 50)
            #expect((answer.toCloud, answer.toOnPremises) == (25, 25))
            let office = try #require(try await registry.officeSuite())
            #expect((office.used.cloud, office.used.onPremises) == (25, 25))
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test("A file with one seat too few names the rows that have none, and switches nobody")
    func tooMany() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.addEnrollment(program: "gold-competency")
            for number in 1...24 { try await registry.assignSeat("c\(number)@contoso.com") }
            for number in 1...3 { try await registry.assignLicense("p\(number)@contoso.com") }
            let csv =
                "user,to,tenant\n" + (1...3).map { "p\($0)@contoso.com,cloud,contoso.onmicrosoft.com\n" }.joined()
                + "c1@contoso.com,on-premises,\n"
            let refused = try #require(try await refusal { try await registry.switchUsers(csv) })
            #expect(refused.code == .seatsExhausted)
            #expect(refused.inputProblems.map(\.row) == [4])
            #expect(try registry.value(Int.self, "SELECT count(*) FROM assignments WHERE to_on IS NOT NULL") == 0)
        }
    }

    @Test("Every bad row of a file is named with what is wrong")
    func badRows() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignLicense("a@contoso.com")
            let csv = """
                user,to,tenant,org,location
                a@contoso.com,cloud,contoso.onmicrosoft.com,,
                a@contoso.com,cloud,contoso.onmicrosoft.com,,
                nobody@contoso.com,on-premises,,,
                not a user,cloud,contoso.onmicrosoft.com,,
                b@contoso.com,sideways,,,
                b@contoso.com,cloud,,,
                b@contoso.com,cloud,contoso.onmicrosoft.com,fabrikam,

                """
            let refused = try #require(try await refusal { try await registry.switchUsers(csv) })
            #expect(refused.code == .importInvalid)
            #expect(refused.inputProblems.map(\.row) == [3, 4, 5, 6, 7, 8])
            #expect(
                refused.inputProblems.map(\.code) == [
                    .inputInvalid, .assignmentNotFound, .inputInvalid, .inputInvalid, .inputInvalid,
                    .organizationNotFound,
                ]
            )
        }
    }

    @Test("R02: a switch that moves users into a country that is full names the last of them")
    func country() async throws {
        try await withTestRegistry { registry in
            try await registry.addProgram(
                "silver-competency",
                kind: .silverCompetency,
                officeSuites: 10,
                maximum: ProductMaximum(country: 2, worldwide: 30)
            )
            try await registry.redeem(registry.addContoso())
            try await registry.addLocation("paris", country: "FR")
            try await registry.addEnrollment(location: "paris")
            for number in 1...2 { try await registry.assignSeat("u\(number)@contoso.com") }
            try await registry.assignLicense("f@contoso.com", location: "paris")
            let csv = """
                user,to,location
                u1@contoso.com,on-premises,paris
                u2@contoso.com,on-premises,paris

                """
            let refused = try #require(try await refusal { try await registry.switchUsers(csv) })
            #expect(refused.code == .entitlementCountryMaximum)
            #expect(refused.inputProblems.map(\.row) == [3])
        }
    }
}
