import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Readers that take long", .onSQLite)
struct ReadDeadlineTests {
    @Test("A reader is given up when its time is over, and the next one reads")
    func givenUp() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let error = try await refusal {
                try await registry.store.read(within: .milliseconds(1)) { reading in
                    let session = try #require(reading as? SQLSession)
                    // Has no end.
                    try session.database.run(
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
                    )
                }
            }
            #expect(error?.code == .registryTimeout)
            #expect(try await registry.answer(ShowStatus()).organizations == 1)
        }
    }

    @Test("What reads all there is may take its time, and other questions have a minute")
    func limits() {
        #expect(Check.timeLimit == nil)
        #expect(VerifyAudit.timeLimit == nil)
        #expect(ShowStatus.timeLimit == .seconds(60))
    }
}
