import Testing

@testable import Registry

@Suite("Seats are given to users, and taken back")
struct SeatAssignmentTests {
    @Test("A user gets a seat at the headquarters for internal use, and the seats and the statement count it")
    func assigns() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            let recorded = try await registry.assignSeat("Ann@Contoso.com")
            #expect(recorded.assignment.userPrincipalName.value == "ann@contoso.com")
            #expect(recorded.assignment.product == .officeSuite)
            #expect(recorded.assignment.purpose == .internalUse)
            #expect(recorded.assignment.locationId == Location.headquartersID)
            let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("contoso.onmicrosoft.com")))
            #expect(seats.map(\.consumedUnits) == [1])
            #expect(try await registry.officeSuite()?.used.cloud == 1)
            let user = try await registry.answer(
                ShowUser(organization: OrganizationID(stored: "contoso"), user: UserPrincipalName("ANN@contoso.com"))
            )
            #expect(user.assignments == [recorded.assignment])
        }
    }

    @Test("R20: a second MSDN subscription for the same user is refused, until the first is released")
    func oneSubscription() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            try await registry.assignLicense("ann@contoso.com", product: "msdn")
            let second = try await refusal { try await registry.assignLicense("ANN@contoso.com", product: "msdn") }
            #expect(second?.code == .assignmentExists)
            #expect(second?.rule == .r20)
            try await registry.assignLicense("bob@contoso.com", product: "msdn")
            try await registry.releaseLicense("ann@contoso.com", product: "msdn")
            try await registry.assignLicense("ann@contoso.com", product: "msdn")
        }
    }

    @Test("R50: licensed seats whose service has ended are refused as that, and R32 as theirs when the window closed")
    func outOfService() async throws {
        try await withTestRegistry(at: "2026-01-02T12:00:00Z") { registry in
            try await registry.redeem(registry.addContoso())
            registry.clock.set(day: "2027-01-10")
            let waiting = try await refusal { try await registry.assignSeat("ann@contoso.com") }
            #expect(waiting?.code == .seatsOutOfService)
            #expect(waiting?.rule == .r50)
            registry.clock.set(day: "2027-01-31")
            let ended = try await refusal { try await registry.assignSeat("ann@contoso.com") }
            #expect(ended?.code == .seatsUnlicensed)
            #expect(ended?.rule == .r32)
        }
    }

    @Test("R46: a block whose token was replaced is not licensed")
    func replacedBlock() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.redeem(token)
            let seats = SeatsQuery(tenant: try TenantReference("contoso.onmicrosoft.com"))
            #expect(try await registry.answer(seats).flatMap(\.blocks).map(\.isLicensed) == [true])
            let code = try ActivationCode(parsing: "BBBBB-CCCCC-DDDDD-FFFFF-GGGGG")
            try await registry.perform(ReplaceToken(token: token, code: code, on: nil))
            #expect(try await registry.answer(seats).flatMap(\.blocks).map(\.isLicensed) == [false])
        }
    }

    @Test("An enrollment is upcoming until its first day")
    func upcoming() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let next = ShowEnrollment(enrollment: EnrollmentID(stored: "next"))
            #expect(try await registry.addEnrollment("next", start: "2027-01-01").status == .upcoming)
            registry.clock.set(day: "2026-12-31")
            #expect(try await registry.answer(next).status == .upcoming)
            registry.clock.set(day: "2027-01-01")
            #expect(try await registry.answer(next).status == .active)
        }
    }

    @Test("The 25th user gets the last of 25 seats, and the 26th none")
    func boundary() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.addEnrollment(program: "gold-competency")
            for number in 1...25 { try await registry.assignSeat("u\(number)@contoso.com") }
            let refused = try await refusal { try await registry.assignSeat("u26@contoso.com") }
            #expect(refused?.code == .seatsExhausted)
            try await registry.releaseSeat("u1@contoso.com")
            try await registry.assignSeat("u26@contoso.com")
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test("64 callers race for the last 10 seats: exactly 10 get one")
    func race() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            for number in 1...15 { try await registry.assignSeat("u\(number)@contoso.com") }
            let outcomes = try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
                for number in 1...64 {
                    group.addTask {
                        try await refusal { try await registry.assignSeat("racer\(number)@contoso.com") }?.code
                    }
                }
                return try await group.reduce(into: [RefusalCode?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 10)
            #expect(outcomes.count { $0 == .entitlementExceeded } == 54)
            #expect(try registry.value(Int.self, "SELECT units FROM seat_sums") == 25)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM assignments") == 25)
        }
    }

    @Test("R01: another purpose than the programme's is refused")
    func purpose() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            let refused = try await refusal { try await registry.assignSeat("a@contoso.com", purpose: "revenue") }
            #expect(refused?.code == .purposeNotAllowed)
            #expect(refused?.rule == .r01)
        }
    }

    @Test("R03: a location that is not associated gets no seat of the others, and an associated one does")
    func association() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.addLocation("paris", country: "FR", associated: false)
            try await registry.addLocation("rome", country: "IT")
            let refused = try await refusal { try await registry.assignSeat("a@contoso.com", location: "paris") }
            #expect(refused?.code == .locationNotAssociated)
            #expect(refused?.rule == .r03)
            try await registry.assignSeat("a@contoso.com", location: "rome")
        }
    }

    @Test("R06: training does not count against the entitlement, and takes a seat all the same")
    func training() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat("a@contoso.com", purpose: "training")
            let office = try await registry.officeSuite()
            #expect(office?.used.cloud == 0)
            #expect(office?.uncounted.demonstrationAndTraining == 1)
            #expect(try registry.value(Int.self, "SELECT units FROM seat_sums") == 1)
        }
    }

    @Test("R32: on the last licensed day a user gets a seat, and on the day after none, though access goes on")
    func rightsEnd() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            registry.clock.set(day: "2026-06-01")
            try await registry.redeem(token)
            // partner-center: benefits go on for the 30 days of the window after 2026-12-31.
            registry.clock.set(day: "2027-01-30")
            try await registry.assignSeat("a@contoso.com")
            registry.clock.set(day: "2027-01-31")
            let refused = try await refusal { try await registry.assignSeat("b@contoso.com") }
            #expect(refused?.code == .seatsUnlicensed)
            #expect(refused?.rule == .r32)
            let seats = try await registry.answer(SeatsQuery(tenant: TenantReference("contoso.onmicrosoft.com")))
            #expect(seats.map(\.summary.unlicensedUnits) == [1])
            #expect(seats.flatMap(\.unlicensedUsers).map(\.value) == ["a@contoso.com"])
        }
    }

    @Test("Purchased seats take nobody from the entitlement, and are given when the programme's are used up")
    func purchased() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.addSubscription("ENTERPRISEPACK", seats: 1)
            for number in 1...25 { try await registry.assignSeat("u\(number)@contoso.com") }
            let bought = try await registry.assignSeat("u26@contoso.com")
            #expect(bought.assignment.source == "bought elsewhere")
            #expect(try await registry.officeSuite()?.used.total == 25)
            #expect(
                try await refusal { try await registry.assignSeat("u27@contoso.com") }?.code == .entitlementExceeded
            )
        }
    }

    @Test("R41: who has the suite on-premises is not given a seat as well")
    func twice() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignLicense("a@contoso.com")
            let refused = try await refusal { try await registry.assignSeat("a@contoso.com") }
            #expect(refused?.code == .assignmentExists)
            #expect(refused?.rule == .r41)
        }
    }

    @Test("A seat that was given earlier has to fit on every day since")
    func backdated() async throws {
        try await withTestRegistry(at: "2026-06-15T12:00:00Z") { registry in
            try await registry.addOrganization()
            let token = try #require(try await registry.addEnrollment("E1").tokens.first)
            try await registry.signUp(on: "2026-02-01")
            try await registry.redeem(token, day: "2026-02-01")
            for number in 1...25 { try await registry.assignSeat("u\(number)@contoso.com", day: "2026-04-01") }
            try await registry.releaseSeat("u1@contoso.com", day: "2026-05-01")
            // Between 1 April and 1 May all were taken.
            let full = try await refusal { try await registry.assignSeat("b@contoso.com", day: "2026-03-01") }
            #expect(full?.code == .entitlementExceeded)
            // The day before the seats were there, that is said first, whatever the entitlement is used for later.
            let tenant = try TenantReference("contoso.onmicrosoft.com")
            #expect(try await registry.answer(SeatsQuery(tenant: tenant, asOf: date("2026-01-31"))).isEmpty)
            #expect(try await registry.answer(SeatsQuery(tenant: tenant, asOf: date("2026-02-01"))).count == 1)
            let early = try await refusal { try await registry.assignSeat("b@contoso.com", day: "2026-01-31") }
            #expect(early?.code == .seatsExhausted)
            try await registry.assignSeat("b@contoso.com", day: "2026-05-01")
            let earlier = try await refusal { try await registry.releaseSeat("b@contoso.com", day: "2026-04-30") }
            #expect(earlier?.code == .dateTooEarly)
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test("Plain SQL can neither change an assignment nor delete it, nor count a user twice")
    func schema() async throws {
        try await withTestRegistry { registry in
            try await registry.redeem(registry.addContoso())
            try await registry.assignSeat("a@contoso.com")
            #expect(throws: (any Error).self) { try registry.sql("UPDATE assignments SET country = 'FR'") }
            #expect(throws: (any Error).self) { try registry.sql("UPDATE assignments SET counted = 0") }
            #expect(throws: (any Error).self) { try registry.sql("DELETE FROM assignments") }
            #expect(throws: (any Error).self) {
                try registry.sql(
                    """
                    INSERT INTO assignments SELECT NULL, organization, person, 'on-premises', product, NULL,
                        NULL, NULL, location, country, purpose, source, counted, from_on, from_at, from_sequence, NULL,
                        NULL, NULL FROM assignments
                    """
                )
            }
            try await registry.releaseSeat("a@contoso.com")
            #expect(throws: (any Error).self) { try registry.sql("UPDATE assignments SET to_on = '2026-12-31'") }
        }
    }

    @Test("A sum that is kept and wrong is found, whichever it is")
    func findings() async throws {
        for (table, code) in [
            ("use_sums", "usage.sum-wrong"), ("use_days", "usage.day-wrong"), ("seat_sums", "seats.sum-wrong"),
            ("seat_days", "seats.day-wrong"),
        ] {
            try await withTestRegistry { registry in
                try await registry.redeem(registry.addContoso())
                try await registry.assignSeat("a@contoso.com")
                #expect(try await registry.usageFindings().isEmpty)
                try registry.sql("UPDATE \(table) SET units = units + 1")
                #expect(try await registry.usageFindings().map(\.code) == [code])
                try registry.sql("DELETE FROM \(table)")
                #expect(try await registry.usageFindings().map(\.code) == [code])
            }
        }
    }
}
