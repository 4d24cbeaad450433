import RegistrySQLite
import Testing

@testable import Registry

@Suite("What a ledger row says")
struct LedgerRowTests {
    @Test("R19: a row says what the answer says, under the same names, but for what names the row already")
    func sameAsTheAnswer() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            let organization = OrganizationID(stored: "contoso")
            let location = try await registry.perform(
                AddLocation(
                    organization: organization,
                    id: LocationID(stored: "berlin"),
                    name: KeptText(stored: "Berlin"),
                    country: CountryCode("DE"),
                    associated: false
                )
            )
            let row = try #require(try await registry.answer(ListAudit(subject: "contoso")).items.last)
            #expect(row.action == AddLocation.action)
            #expect(row.organizationId == location.organizationId)
            #expect(
                row.changes
                    == .object([
                        "id": .text("berlin"), "name": .text("Berlin"), "country": .text("DE"),
                        "headquarters": .flag(false), "associated": .flag(false), "closedOn": .null,
                    ])
            )
        }
    }

    @Test("A value becomes what its JSON is: lists, nested fields, numbers and nulls")
    func values() throws {
        struct Outer: Encodable {
            let name: String
            let items: [Inner]
            @Nullable var missing: Int?
            let codes: [String: Int64]

            struct Inner: Encodable {
                let day: CalendarDate
                let isLast: Bool
            }
        }
        let day = try #require(CalendarDate("2026-03-02"))
        let value = Outer(name: "a", items: [.init(day: day, isLast: true)], missing: nil, codes: ["x": 7])
        #expect(
            try AuditEncoder.value(of: value)
                == .object([
                    "name": .text("a"), "missing": .null, "codes": .object(["x": .number(7)]),
                    "items": .list([.object(["day": .text("2026-03-02"), "isLast": .flag(true)])]),
                ])
        )
    }
}
