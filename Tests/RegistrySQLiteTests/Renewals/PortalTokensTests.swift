import Testing

@testable import Registry

@Suite("A renewal with the portal's tokens")
struct PortalTokensTests {
    private static let codes = [
        "XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK", "P3WQM-7HVKT-R9XBD-4CJ6F-2GY8M", "BCDFG-HJKMP-QRTVW-XY234-6789B",
        "CDFGH-JKMPQ-RTVWX-Y2346-789BC",
    ]

    private func codes(_ seats: [Int]) throws -> [IssuedCode] {
        try zip(Self.codes, seats).map { code, seats in
            IssuedCode(
                code: try ActivationCode(parsing: code),
                skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
                seats: seats
            )
        }
    }

    @Test("R33: the portal's codes become the new tokens, each for one like it in the plan")
    func takesCodes() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            let applied = try await registry.apply(plan, codes: codes([25, 25, 25, 25]))
            let ids = applied.issued.map(\.tokenId)
            var revealed: [String] = []
            for id in ids { revealed.append(try await registry.code(of: id).revealed) }
            #expect(revealed == Self.codes)
        }
    }

    @Test("R33: a difference by SKU and seats is named, and nothing is written")
    func names() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            for seats in [[25, 25, 25], [25, 25, 50], [25, 25, 25, 24]] {
                let refusal = try await refusal { try await registry.apply(plan, codes: codes(seats)) }
                #expect(refusal?.code == .importInvalid)
                #expect(refusal?.detail.contains("ENTERPRISEPACK of 25 seats: 4 expected") == true)
            }
            #expect(try registry.value(Int.self, "SELECT count(*) FROM enrollments") == 1)
        }
    }

    @Test("R33: other sizes that are worth the same are planned for first, and then taken with their codes alone")
    func otherSizes() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            registry.clock.set(day: "2027-01-05")
            let given = try codes([50, 50])
            let plan = try await registry.answer(
                PlanRenewal(enrollment: EnrollmentID(stored: "gold"), issued: given.map(\.issue))
            )
            #expect(plan.differences.count == 2)
            #expect(try await refusal { try await registry.apply(plan) }?.code == .inputInvalid)
            #expect(try await registry.apply(plan, codes: given).issued.map(\.seats) == [50, 50])
        }
    }

    @Test("R29: a code that the registry holds already is refused, and nothing is written")
    func taken() async throws {
        try await withTestRegistry { registry in
            try await registry.addGold()
            try await registry.addOrganization("fabrikam")
            try await registry.addEnrollment("other", of: "fabrikam", mint: false)
            try await registry.importTokens("code,sku,seats\n\(Self.codes[2]),ENTERPRISEPACK,25\n", of: "other")
            registry.clock.set(day: "2027-01-05")
            let plan = try await registry.plan("gold")
            let refusal = try await refusal { try await registry.apply(plan, codes: codes([25, 25, 25, 25])) }
            #expect(refusal?.code == .codeTaken)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM renewals") == 0)
        }
    }
}
