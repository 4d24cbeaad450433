import Testing

@testable import Registry

@Suite("Facts entered in any order")
struct ShuffledFactsTests {
    private static let scripts = 260
    private static let facts = 40

    @Test("R12, R38, R03: statements, grants and the check are the same, in whatever order facts are entered")
    func shuffled() async throws {
        var scripts = (0..<Self.scripts).map { FactScript(seed: UInt64(1_000 + $0), count: Self.facts) }
        let orders = scripts.indices.map { scripts[$0].shuffled() }
        let days = [60, 150, 240, FactScript.length]
        var steps = 0
        var differences: [String] = []
        try await withTestRegistry(at: "2025-07-01T00:00:00Z") { inTime in
            try await withTestRegistry(at: "2025-07-01T00:00:00Z") { mixed in
                for registry in [inTime, mixed] { try await Self.prepare(registry) }
                // In time: each fact on its day, organisations side by side.
                for day in 0...FactScript.length {
                    inTime.clock.set(Self.noon(of: day))
                    steps += try await Self.perform(scripts.map { $0.facts.filter { $0.day == day } }, in: inTime)
                }
                // Afterwards, in any order, and in every other organisation wrongly at first and then corrected; what is
                // refused, since it rests on what is not there yet, comes again.
                mixed.clock.set(Self.noon(of: FactScript.length))
                steps += try await Self.perform(orders, in: mixed, mistaken: true)
                for index in scripts.indices {
                    let model = FactModel(scripts[index].facts)
                    for day in days {
                        let expected = model.lines(on: day)
                        for (name, registry) in [("in time", inTime), ("mixed", mixed)] {
                            let found = try await Self.lines(of: index, on: day, in: registry)
                            steps += 1
                            guard found != expected else { continue }
                            let missing = expected.filter { !found.contains($0) }
                            let more = found.filter { !expected.contains($0) }
                            differences.append("o\(index) \(name) day \(day): expected \(missing), found \(more)")
                        }
                    }
                }
                let checks = [try await inTime.answer(Check()), try await mixed.answer(Check())]
                for check in checks { #expect(check.findings == []) }
                #expect(Set(checks[0].notes.map(\.detail)) == Set(checks[1].notes.map(\.detail)))
            }
        }
        print("Shuffled facts: \(steps) steps, \(differences.count) differences")
        #expect(steps >= 20_000)
        #expect(differences.prefix(5) == [])
    }

    // MARK: Entering

    private static func prepare(_ registry: TestRegistry) async throws {
        try await registry.perform(
            ImportPrograms(
                programs: FactProgram.all.map { program in
                    ProgramTable.Entry(
                        id: program.id,
                        name: program.id,
                        kind: program.isLocal ? "action-pack" : "silver-competency",
                        benefits: [
                            ProgramTable.Benefit(
                                product: "office-suite",
                                quantity: program.suites,
                                countryMaximum: program.countryMaximum,
                                worldwideMaximum: program.worldwideMaximum,
                                skuPartNumber: e3.text,
                                tokenSeats: program.suites
                            ),
                            ProgramTable.Benefit(product: "azure-credit", quantity: 100),
                        ]
                    )
                }
            )
        )
        try await forEach(Self.scripts) { index in
            try await registry.addOrganization("o\(index)", country: "DE")
            for location in FactLocation.all.dropFirst() {
                try await registry.addLocation(
                    location.id,
                    of: "o\(index)",
                    country: location.country,
                    associated: !location.isApart
                )
            }
        }
    }

    /// Performs each organisation's facts in their order, the organisations side by side.
    /// - Returns: how many.
    private static func perform(_ all: [[Fact]], in registry: TestRegistry, mistaken: Bool = false) async throws -> Int
    {
        try await forEach(all.count) { index in
            var waiting = all[index]
            while !waiting.isEmpty {
                var refused: [Fact] = []
                var reasons: [String] = []
                for fact in waiting {
                    do {
                        if mistaken, index.isMultiple(of: 2) {
                            try await performWrongly(fact, of: index, in: registry)
                        } else {
                            try await perform(fact, of: index, in: registry)
                        }
                    } catch let refusal as Refusal {
                        reasons.append("o\(index) \(fact): \(refusal.detail)")
                        refused.append(fact)
                    }
                }
                // Nothing that could make room for them is left to be entered.
                guard refused.count < waiting.count else { throw NeverAccepted(reasons: reasons) }
                waiting = refused
            }
        }
        return all.reduce(0) { $0 + $1.count }
    }

    private struct NeverAccepted: Error {
        let reasons: [String]
    }

    static func perform(_ fact: Fact, of index: Int, in registry: TestRegistry) async throws {
        let organization = OrganizationID(stored: "o\(index)")
        let day = day(fact.day)
        let tenant = try TenantReference("o\(index).\(Fact.domain)")
        switch fact.kind {
        case .enroll(let id, let program, let location):
            try await registry.addEnrollment(
                "o\(index)-\(id)",
                of: organization.value,
                program: program.id,
                location: location.id,
                start: day.description,
                mint: false
            )
            try await registry.importTokens(
                "code,sku,seats\n\(code(index, id)),\(e3),\(program.suites)\n",
                of: "o\(index)-\(id)",
                overrides: [.r12]
            )
        case .end(let id):
            try await registry.perform(EndEnrollment(enrollment: EnrollmentID(stored: "o\(index)-\(id)"), on: day))
        case .signUp:
            try await registry.signUp("o\(index).\(Fact.domain)", of: organization.value, on: day.description)
        case .redeem(let id):
            try await registry.perform(
                RedeemToken(
                    code: try ActivationCode(parsing: code(index, id)),
                    tenant: tenant,
                    on: day,
                    intent: .add
                )
            )
        case .assign(let user, let location, let isCloud, let isCounted):
            let user = try UserPrincipalName("u\(user)@example.com")
            let purpose = isCounted ? nil : UsePurpose.training.rawValue
            let location = LocationID(stored: location.id)
            if isCloud {
                try await registry.perform(
                    AssignSeat(
                        tenant: tenant,
                        userPrincipalName: user,
                        skuPartNumber: e3,
                        location: location,
                        purpose: purpose.map { try UsePurpose($0) },
                        on: day
                    )
                )
            } else {
                try await registry.perform(
                    AssignLicense(
                        organization: organization,
                        userPrincipalName: user,
                        product: .officeSuite,
                        location: location,
                        purpose: purpose.map { try UsePurpose($0) },
                        on: day
                    )
                )
            }
        case .release(let user, let isCloud):
            let user = try UserPrincipalName("u\(user)@example.com")
            if isCloud {
                try await registry.perform(
                    ReleaseSeat(tenant: tenant, userPrincipalName: user, skuPartNumber: e3, on: day)
                )
            } else {
                try await registry.perform(
                    ReleaseLicense(organization: organization, userPrincipalName: user, product: .officeSuite, on: day)
                )
            }
        }
    }

    // MARK: Reading

    /// A statement, in the model's words.
    private static func lines(of index: Int, on day: Int, in registry: TestRegistry) async throws -> [String] {
        let statement = try await registry.answer(
            ShowStatement(organization: OrganizationID(stored: "o\(index)"), asOf: Self.day(day))
        )
        func short(_ id: EnrollmentID) -> Substring { id.value.split(separator: "-")[1] }
        var lines: [String] = []
        for held in statement.enrollments where held.status == .active {
            let suites = held.grants.first { $0.product == .officeSuite }?.granted ?? 0
            let credit = held.grants.first { $0.product == .azureCredit }?.granted ?? 0
            lines.append("\(short(held.id)) grants \(suites) and \(credit)")
        }
        lines += try await registry.remarks(of: "o\(index)", asOf: Self.day(day)).map {
            "\(short($0.enrollmentID)) \($0.warning.code)"
        }
        let pools = [("all", statement.products)] + statement.apart.map { ($0.locationId.value, $0.products) }
        for (pool, products) in pools {
            for product in products {
                let entitlement = product.entitlement
                guard product.product == .officeSuite else {
                    lines.append("\(pool) credit \(entitlement)")
                    continue
                }
                lines.append(
                    "\(pool) suites \(entitlement) of \(product.earned), cloud \(product.used.cloud), on-premises "
                        + "\(product.used.onPremises), exempt \(product.uncounted.demonstrationAndTraining)"
                )
                lines += product.countries.filter { $0.used > 0 }.map { "\(pool) \($0.country) uses \($0.used)" }
            }
        }
        for seats in statement.tenants.flatMap(\.seats) {
            let pool = seats.source == "program" ? "all" : "rome"
            lines.append("\(pool) seats \(seats.prepaidUnits.enabled), users \(seats.consumedUnits)")
        }
        let tokens = statement.tokens
        lines.append("tokens \(tokens.unredeemed), \(tokens.redeemed), \(tokens.void)")
        return lines.sorted()
    }

    // MARK: Words

    static let e3 = SKUPartNumber(stored: "ENTERPRISEPACK")

    static func day(_ number: Int) -> CalendarDate { date(Fact.firstDay).adding(days: number) }

    private static func noon(of number: Int) -> Instant {
        guard let noon = Instant("\(day(number))T12:00:00Z") else { preconditionFailure("it is a day") }
        return noon
    }

    static func code(_ index: Int, _ id: String) -> String {
        "BBBBB-CCCCC-\(10_000 + index)-\(id.uppercased())DDD-FFFFF"
    }

    private static func forEach(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<count { group.addTask { try await body(index) } }
            try await group.waitForAll()
        }
    }
}
