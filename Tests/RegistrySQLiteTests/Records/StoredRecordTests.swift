import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

/// A change of these bytes is a change of what registries hold: it needs a new version, and a way from the one before.
@Suite("What is stored as a record")
struct StoredRecordTests {
    /// Writes `value`, compares, and reads it back.
    private func expect<Record: StoredRecord>(_ type: Record.Type, _ value: Record.Value, _ bytes: String) throws
    where Record.Value: Equatable {
        #expect(try Record.text(of: value) == bytes)
        #expect(try Record.value(in: bytes) == value)
    }

    @Test("A SKU")
    func sku() throws {
        try expect(
            SKURecord.self,
            SKU(
                partNumber: SKUPartNumber(stored: "ENTERPRISEPACK"),
                skuIDs: ["6fd2c87f-b296-42f0-b197-1e91e994b900"],
                displayNames: ["Office 365 E3"],
                family: .enterprise
            ),
            #"{"record":{"displayNames":["Office 365 E3"],"family":"enterprise","partNumber":"ENTERPRISEPACK","#
                + #""skuIds":["6fd2c87f-b296-42f0-b197-1e91e994b900"]},"version":1}"#
        )
    }

    @Test("A programme")
    func program() throws {
        try expect(
            ProgramRecord.self,
            Program(
                id: ProgramID(stored: "silver-competency"),
                name: "Silver competency",
                kind: .silverCompetency,
                benefits: [
                    Benefit(
                        product: ProductLine(stored: "office-suite"),
                        quantity: 25,
                        countryMaximum: 50,
                        tokens: TokenDenomination(skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"), seats: 25),
                        source: "FAQ 3",
                        certainty: .likely
                    )
                ]
            ),
            #"{"record":{"benefits":[{"certainty":"likely","countryMaximum":50,"product":"office-suite","quantity":25,"#
                + #""source":"FAQ 3","tokenSeats":25,"tokenSku":"ENTERPRISEPACK"}],"edition":"2014","#
                + #""id":"silver-competency","kind":"silver-competency","name":"Silver competency","#
                + #""traits":{"activations":"every","adding":"separate-ends","anniversary":"organization","#
                + #""grantsLicenses":true,"hasLargestMaxima":false,"isExemptFromUpgrades":false,"isLocal":false,"#
                + #""needs":[],"needsAt":"anywhere","oncePer":"unlimited","redemption":"code","renewing":"add","#
                + #""serviceEnd":"twelve-months","sharing":"enterprise-and-kiosk","soldThrough":"2025-01-21","#
                + #""stacks":true,"standing":"competency","upgradesTo":"gold-competency"}},"version":2}"#
        )
    }

    @Test("A programme of before there were editions has its kind's traits, and is of the first edition")
    func earlierProgram() throws {
        let program = try ProgramRecord.value(
            in: #"{"record":{"benefits":[{"certainty":"likely","product":"office-suite","quantity":5,"source":"FAQ","#
                + #""tokenSeats":5,"tokenSku":"ENTERPRISEPACK"}],"id":"own","kind":"action-pack","name":"Own"},"version":1}"#
        )
        #expect(program.edition == .first)
        #expect(program.traits == Program.Kind.actionPack.traits)
        #expect(program.benefits.first?.tokens?.seats == 5)
        #expect(throws: Refusal.self) { try ProgramRecord.value(in: #"{"record":{},"version":3}"#) }
    }

    @Test("A renewal that was applied, and its placement")
    func renewal() throws {
        try expect(
            RenewalRecord.self,
            AppliedRenewal(
                answer: RenewalResource(
                    enrollmentId: EnrollmentID(stored: "E1"),
                    organizationId: OrganizationID(stored: "contoso"),
                    successorId: EnrollmentID(stored: "E2"),
                    program: ProgramID(stored: "silver-competency"),
                    appliedOn: date("2026-12-01"),
                    nextYear: ProgramYear(startsOn: date("2027-01-01"), endsOn: date("2027-12-31")),
                    issued: [],
                    voided: [TokenID(number: 7)],
                    voidOn: date("2027-01-01"),
                    placements: [],
                    uncovered: 0
                ),
                planned: [],
                signUps: []
            ),
            #"{"record":{"answer":{"appliedOn":"2026-12-01","auditSequence":0,"awaitsCodes":false,"#
                + #""awaitsRedemptionFrom":null,"enrollmentId":"E1","issued":[],"nextYear":{"endsOn":"2027-12-31","#
                + #""startsOn":"2027-01-01"},"organizationId":"contoso","placements":[],"program":"silver-competency","#
                + #""redemptions":[],"signUps":[],"successorId":"E2","uncovered":0,"voidOn":"2027-01-01","voided":["T7"]},"#
                + #""planned":[],"signUps":[]},"version":1}"#
        )
        try expect(
            CarriedOutRecord.self,
            .nothing,
            #"{"record":{"redemptions":[],"signUps":[]},"version":1}"#
        )
    }

    @Test("An answer under an idempotency key is stored as it was published")
    func answer() async throws {
        try await withTestRegistry { registry in
            try await registry.perform(
                AddOrganization(
                    id: OrganizationID(stored: "contoso"),
                    name: KeptText(stored: "Contoso"),
                    country: CountryCode("US"),
                    timeZone: .utc,
                    portal: .partnerCenter,
                    yearLength: .calendar
                ),
                key: "k1"
            )
            #expect(
                try registry.value(String.self, "SELECT answer FROM remembered_answers")
                    == #"{"anniversaryBasis":"current-anniversary","country":"US","id":"contoso","name":"Contoso","#
                    + #""portal":"partner-center","timeZone":"UTC","warnings":[],"yearLength":"calendar"}"#
            )
        }
    }

    @Test(
        "A record of another version, or that is none, is damage",
        arguments: [
            #"{"record":{"redemptions":[],"signUps":[]},"version":2}"#, #"{"redemptions":[],"signUps":[]}"#, "", "null",
        ]
    )
    func unreadable(text: String) async throws {
        #expect(try await refusal { _ = try CarriedOutRecord.value(in: text) }?.code == .registryDamaged)
    }
}
