import Testing

@testable import Registry

@Suite("Installations of previous versions")
struct InstallationTests {
    @Test("R07: what a machine was last activated with is listed with its deadline, until it is upgraded")
    func upgrades() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1")
            try await registry.importKeys(
                """
                key,product,activations,version
                \(testKey),windows-server,9,2012
                BCDFG-HJKMP-QRTVW-XY234-6789C,Windows-Server,9,2016
                BCDFG-HJKMP-QRTVW-XY234-6789D,SQL Server,,2014
                """
            )
            for (version, day) in [("2012", "2020-01-01"), ("2016", "2026-02-01")] {
                try await registry.perform(
                    AddProductVersion(
                        product: KeptText(stored: "windows-server"),
                        version: KeptText(stored: version),
                        on: date(day)
                    )
                )
            }
            let (old, new) = (ProductKeyID(number: 1), ProductKeyID(number: 2))
            try await registry.activate(old, "a", on: "2026-01-10")
            try await registry.activate(old, "b", on: "2026-01-10")
            try await registry.activate(ProductKeyID(number: 3), "a", on: "2026-01-10")
            try await registry.activate(new, "B", on: "2026-02-20")

            func listed(_ day: String?, all: Bool = false) async throws -> [String] {
                let query = ListInstallations(
                    organization: OrganizationID(stored: "contoso"),
                    all: all,
                    asOf: day.map(date)
                )
                return try await registry.answer(query).map { "\($0.machine) \($0.status.rawValue)" }
            }
            #expect(try await listed("2026-01-31") == [])
            #expect(try await listed("2026-02-01") == ["a previous", "b previous"])
            #expect(try await listed("2026-03-02") == ["a previous"])
            #expect(try await listed("2026-03-02", all: true) == ["a previous", "B latest"])
            #expect(try await listed("2027-02-01") == ["a previous"])
            #expect(try await listed("2027-02-02") == ["a overdue"])
        }
    }

    @Test("R07: activating a version that was superseded over twelve months ago is warned of")
    func superseded() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1")
            try await registry.importKeys("key,product,activations,version\n\(testKey),windows-server,9,2012\n")
            for (version, day) in [("2012", "2020-01-01"), ("2016", "2025-02-01"), ("2019", "2026-02-20")] {
                try await registry.perform(
                    AddProductVersion(
                        product: KeptText(stored: "Windows-Server"),
                        version: KeptText(stored: version),
                        on: date(day)
                    )
                )
            }
            let key = ProductKeyID(number: 1)
            #expect(try await registry.activate(key, "a", on: "2026-02-01").warnings.isEmpty)
            let late = try await registry.activate(key, "b", on: "2026-02-21").warnings
            #expect(late.map(\.code) == ["product.superseded"])
            #expect(late.map(\.rule) == [.r07])
            #expect(late.allSatisfy { $0.detail.contains("2026-02-01") && $0.detail.contains("install 2019") })
        }
    }

    @Test("R07: a version comes into the programme once")
    func once() async throws {
        try await withTestRegistry { registry in
            func add(_ product: String, _ day: String) async throws {
                try await registry.perform(
                    AddProductVersion(
                        product: KeptText(stored: product),
                        version: KeptText(stored: "8.1"),
                        on: date(day)
                    )
                )
            }
            try await add("windows-client", "2014-01-01")
            let refused = try await refusal { try await add("Windows-Client", "2015-01-01") }
            #expect(refused?.code == .identifierTaken)
            #expect(try await registry.answer(ListProductVersions()).map(\.cameOn) == [date("2014-01-01")])
        }
    }

    @Test("R17: a quote is prorated to what is left of the enrollment, and names what is to be checked")
    func media() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E1")
            func quote(_ product: String?) async throws -> MediaQuoteResource {
                try await registry.answer(
                    QuoteMedia(
                        enrollment: EnrollmentID(stored: "E1"),
                        fee: Money(cents: 36_500),
                        on: date("2026-12-31"),
                        product: product.map(KeptText.init(stored:))
                    )
                )
            }
            let answer = try await quote("windows-server")
            #expect(answer.proratedFee.cents == 100)
            #expect(answer.daysLeft == 1)
            #expect(answer.daysOfYear == 365)
            #expect(answer.warnings.map(\.rule) == [.r17])
            let refused = try await refusal { _ = try await quote("System Center") }
            #expect(refused?.rule == .r17)
        }
    }
}
