import Testing

@testable import Registry

@Suite("Seats and licences of a file of users")
struct AssignmentBatchTests {
    /// Two countries, seats of the programme and purchased ones, and a location that shares nothing.
    private func prepare(_ registry: TestRegistry) async throws {
        try await registry.addProgram(
            "silver-competency",
            kind: .silverCompetency,
            officeSuites: 12,
            maximum: ProductMaximum(country: 9, worldwide: 30)
        )
        try await registry.addOrganization()
        let token = try #require(try await registry.addEnrollment("E1").tokens.first)
        try await registry.signUp(on: "2026-01-10")
        try await registry.redeem(token, day: "2026-01-10")
        try await registry.addLocation("paris", country: "FR")
        try await registry.addLocation("rome", country: "IT", associated: false)
        try await registry.addSubscription("ENTERPRISEPACK", seats: 4, day: "2026-01-20")
    }

    private struct Request {
        let user: String
        let isSeat: Bool
        let location: String?
        let purpose: String?
        let day: String

        func csv(_ isSeats: Bool) -> String {
            let thing = isSeats ? "contoso.onmicrosoft.com,ENTERPRISEPACK" : "office-suite"
            return "\(user),\(thing),\(location ?? ""),\(purpose ?? ""),\(day)\n"
        }
    }

    private static let seatHeader = "userPrincipalName,tenantDomain,skuPartNumber,locationId,purpose,from\n"
    private static let licenseHeader = "userPrincipalName,product,locationId,purpose,from\n"

    @Test(
        "A file is refused for the rows that alone would be refused one after another, and otherwise gives the same",
        arguments: 1...12
    )
    func sameAsSingles(_ seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let isSeats = Bool.random(using: &random)
        let days = (1...20).map { _ in date("2026-01-21").adding(days: Int.random(in: 0...40, using: &random)) }
        // Rows are carried out by their days. One that says what another said is left as it is, and would not be refused.
        var seen: Set<String> = []
        let all = days.sorted().map { day in
            Request(
                user: "u\(Int.random(in: 1...24, using: &random))@contoso.com",
                isSeat: isSeats,
                location: [nil, "hq", "paris", "paris", "rome"].randomElement(using: &random) ?? nil,
                purpose: [nil, nil, nil, "training", "revenue"].randomElement(using: &random) ?? nil,
                day: day.description
            )
        }
        let requests = all.filter { seen.insert($0.user + $0.day).inserted }
        try await withTestRegistry { single in
            try await withTestRegistry { whole in
                for registry in [single, whole] { try await prepare(registry) }
                var refused: [Int] = []
                for (index, request) in requests.enumerated() {
                    let refusal = try await refusal {
                        if isSeats {
                            try await single.assignSeat(
                                request.user,
                                location: request.location,
                                purpose: request.purpose,
                                day: request.day
                            )
                        } else {
                            try await single.assignLicense(
                                request.user,
                                location: request.location,
                                purpose: request.purpose,
                                day: request.day
                            )
                        }
                    }
                    if refusal != nil { refused.append(index + 2) }
                }
                func batch(_ rows: [Request]) async throws {
                    let text = (isSeats ? Self.seatHeader : Self.licenseHeader) + rows.map { $0.csv(isSeats) }.joined()
                    if isSeats {
                        try await whole.perform(AssignSeats(file: .text(text)))
                    } else {
                        try await whole.perform(
                            AssignLicenses(organization: OrganizationID(stored: "contoso"), file: .text(text))
                        )
                    }
                }
                if !refused.isEmpty {
                    let refusal = try await refusal { try await batch(requests) }
                    #expect(refusal?.inputProblems.map(\.row) == refused)
                    #expect(try whole.value(Int.self, "SELECT count(*) FROM assignments") == 0)
                }
                let taken = requests.enumerated().filter { !refused.contains($0.offset + 2) }.map(\.element)
                try await batch(taken)
                let list = ListUsers(organization: OrganizationID(stored: "contoso"))
                let (one, other) = (try await single.answer(list).items, try await whole.answer(list).items)
                #expect(one.map(Self.withoutID) == other.map(Self.withoutID))
                #expect(try await single.statement().figures == whole.statement().figures)
                #expect(try await whole.usageFindings().isEmpty)
            }
        }
    }

    /// On PostgreSQL what was undone leaves gaps in the numbers.
    private static func withoutID(_ item: some Any) -> [String] {
        Mirror(reflecting: item).children.filter { $0.label != "id" }.map { "\($0)" }
    }

    @Test("Rows that the registry has already are left as they are; others of the same person are refused")
    func unchanged() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            let rows = (1...5).map { "u\($0)@contoso.com,contoso.onmicrosoft.com,ENTERPRISEPACK,hq,,2026-02-01\n" }
                .joined()
            let first = try await registry.perform(AssignSeats(file: .text(Self.seatHeader + rows)))
            #expect((first.rows, first.unchanged, first.parts.map(\.rows)) == (5, 0, [5]))
            let more = "x@contoso.com,contoso.onmicrosoft.com,ENTERPRISEPACK,,,2026-02-01\n"
            let again = try await registry.perform(AssignSeats(file: .text(Self.seatHeader + rows + more)))
            #expect((again.rows, again.unchanged, again.parts.map(\.rows)) == (6, 5, [1]))
            let moved = "u1@contoso.com,contoso.onmicrosoft.com,ENTERPRISEPACK,paris,,2026-02-01\n"
            let refused = try await refusal {
                try await registry.perform(AssignSeats(file: .text(Self.seatHeader + moved)))
            }
            #expect(refused?.code == .assignmentExists)
            #expect(refused?.inputProblems.first?.column == "userPrincipalName")
        }
    }

    @Test("Users of a file are released in one step, or none of them")
    func release() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            for number in 1...3 { try await registry.assignSeat("u\(number)@contoso.com", day: "2026-02-01") }
            for number in 4...6 { try await registry.assignLicense("u\(number)@contoso.com", day: "2026-02-01") }
            let tenant = try TenantReference("contoso.onmicrosoft.com")
            let sku = SKUPartNumber(stored: "ENTERPRISEPACK")
            func seats(_ text: String) -> ReleaseSeats {
                ReleaseSeats(tenant: tenant, skuPartNumber: sku, file: .text("user,to\n" + text))
            }
            let refused = try await refusal {
                try await registry.perform(seats("u1@contoso.com,\nnobody@contoso.com,\nu2@contoso.com,2026-01-01\n"))
            }
            #expect(refused?.inputProblems.map(\.row) == [3, 4])
            #expect(refused?.inputProblems.map(\.column) == ["user", "to"])
            let released = try await registry.perform(seats("u1@contoso.com,2026-02-10\nu2@contoso.com,\n"))
            #expect(released.parts == [.init(what: "seats of ENTERPRISEPACK on contoso.onmicrosoft.com", rows: 2)])
            let licenses = ReleaseLicenses(
                organization: OrganizationID(stored: "contoso"),
                product: .officeSuite,
                file: .text("{\"user\":\"u4@contoso.com\"}\n{\"user\":\"u5@contoso.com\",\"source\":\"program\"}\n")
            )
            #expect(try await registry.perform(licenses).parts.map(\.rows) == [2])
            let left = try await registry.answer(ListUsers(organization: OrganizationID(stored: "contoso"))).items
            #expect(left.map(\.userPrincipalName.value) == ["u3@contoso.com", "u6@contoso.com"])
            #expect(try await registry.usageFindings().isEmpty)
        }
    }

    @Test("Who may not touch a row's organisation is told nothing of it")
    func strangers() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            let carol = registry.caller("carol")
            try await registry.addOrganization("fabrikam")
            try await registry.perform(
                GrantAccess(
                    organization: OrganizationID(stored: "fabrikam"),
                    principal: carol.principal,
                    permission: .cloud
                )
            )
            let text = Self.seatHeader + "a@contoso.com,contoso.onmicrosoft.com,ENTERPRISEPACK,,,\n"
            let refused = try await refusal { try await registry.perform(AssignSeats(file: .text(text)), as: carol) }
            #expect(refused?.inputProblems.map(\.code) == [.tenantNotFound])
        }
    }

    @Test("Lists of users are told apart by kind, tenant, SKU and location")
    func lists() async throws {
        try await withTestRegistry { registry in
            try await prepare(registry)
            try await registry.assignSeat("s1@contoso.com")
            try await registry.assignLicense("l1@contoso.com", location: "paris")
            try await registry.assignSeat("s2@contoso.com", location: "paris", source: "bought elsewhere")
            func users(_ change: (inout ListUsers) throws -> Void) async throws -> [String] {
                var list = ListUsers(organization: OrganizationID(stored: "contoso"))
                try change(&list)
                return try await registry.answer(list).items.map { String($0.userPrincipalName.value.prefix(2)) }
            }
            #expect(try await users { _ in } == ["s1", "l1", "s2"])
            #expect(try await users { $0.kind = .cloud } == ["s1", "s2"])
            #expect(try await users { $0.tenant = try TenantReference("contoso.onmicrosoft.com") } == ["s1", "s2"])
            #expect(try await users { $0.skuPartNumber = SKUPartNumber(stored: "enterprisepack") } == ["s1", "s2"])
            #expect(try await users { $0.location = LocationID(stored: "paris") } == ["l1", "s2"])
            #expect(try await users { $0.limit = PageLimit(2) } == ["s1", "l1"])
            #expect(try await users { $0.after = AssignmentID(number: 2) } == ["s2"])
            let refused = try await refusal { _ = try await users { $0.location = LocationID(stored: "oslo") } }
            #expect(refused?.code == .locationNotFound)
            let onTenant = ListSeatUsers(tenant: try TenantReference("contoso.onmicrosoft.com"))
            #expect(try await registry.answer(onTenant).items.count == 2)
        }
    }
}

/// The same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension UploadedFile {
    /// A file that holds this text.
    static func text(_ text: String) -> UploadedFile {
        let bytes = Array(text.utf8)
        return UploadedFile(name: "test", digest: "test") { OneChunk(bytes: bytes) }
    }
}
