import Testing

@testable import Registry

private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

private func program(_ id: String, _ edition: String) throws -> Program {
    try #require(BuiltInPrograms.all.first { $0.id.value == id && $0.edition.id.value == edition })
}

@Suite("Programmes by their traits")
struct ProgramTraitsTests {
    private let package = Program(
        id: ProgramID(stored: "launch"),
        name: "Launch",
        kind: Program.Kind(stored: "package"),
        benefits: []
    )

    private func refusal(_ program: Program, beside held: String...) -> Refusal? {
        do {
            try EnrollmentEligibility.check(program, holding: held.map { .init(Program.Kind(stored: $0)) })
            return nil
        } catch {
            return error
        }
    }

    @Test("R52: one package at a time; a designation may be held beside it, and several designations too")
    func packages() {
        #expect(refusal(package, beside: "package")?.rule == .r52)
        #expect(refusal(package, beside: "designation", "gold-competency") == nil)
        let designation = Program(
            id: ProgramID(stored: "d"),
            name: "D",
            kind: Program.Kind(stored: "designation"),
            benefits: []
        )
        #expect(refusal(designation, beside: "designation", "package") == nil)
    }

    @Test("R57: a specialisation needs a designation, whatever else is held")
    func specializations() {
        let specialization = Program(
            id: ProgramID(stored: "s"),
            name: "S",
            kind: Program.Kind(stored: "specialization"),
            benefits: []
        )
        #expect(refusal(specialization, beside: "gold-competency", "package")?.rule == .r57)
        #expect(refusal(specialization, beside: "designation") == nil)
    }

    @Test("R53: what was sold through 2025-01-21 was sold on that day, and not on the next")
    func sales() throws {
        let traits = Program.Kind.goldCompetency.traits
        #expect(try traits.isSold(on: day("2025-01-21")))
        #expect(try !traits.isSold(on: day("2025-01-22")))
        #expect(try package.traits.isSold(on: day("2026-01-22")))
    }

    @Test("R60: a programme of a later edition counts a machine once, and a competency of before each time")
    func activations() throws {
        func count(_ kind: Program.Kind) -> ActivationCount {
            let earlier = KeyActivation(
                id: KeyActivationID(number: 1),
                keyID: ProductKeyID(number: 1),
                machine: "PC-1",
                hardware: "a",
                isConsumed: true,
                version: nil,
                qualifyingLicense: nil,
                host: nil,
                activatedOn: CalendarDate(daysSinceEpoch: 20_000),
                recordedAt: Instant(microsecondsSinceEpoch: 0)
            )
            return ActivationCount(program: kind.traits, source: .program, hardware: "a", previous: earlier)
        }
        #expect(count(Program.Kind(stored: "designation")) == .sameHardware)
        #expect(count(.actionPack) == .sameHardware)
        #expect(count(.goldCompetency) == .everyActivation)
    }

    @Test("R58: a package's next year lasts 365 days from the payment")
    func anniversary() throws {
        #expect(package.traits.anniversary == .payment)
        let year = ProgramYear(startsOn: try day("2027-03-02"))
        let next = year.next(
            length: .days365,
            basis: .payment,
            renewedOn: try day("2028-03-10"),
            paidOn: try day("2028-03-12")
        )
        #expect(try next.startsOn == day("2028-03-12"))
        #expect(try next.anniversary == day("2029-03-12"))
    }

    @Test("R62: the licence table has the days after which Visual Studio can go to another person")
    func reassignment() throws {
        let studio = try #require(try program("core", "2026").benefit(for: ProductLine(stored: "visual-studio")))
        #expect(studio.terms.reassignAfterDays == 90)
        #expect(studio.terms.reassignments == nil)
    }

    @Test("R64: the competencies' successors grant Microsoft 365 suites, and no Office suite of their own")
    func suites() throws {
        let lines = try program("designation-modern-work", "2026").benefits.map(\.product.rawValue)
        #expect(lines.contains("microsoft-365-e5"))
        #expect(!lines.contains("office-suite") && !lines.contains("intune"))
    }

    @Test("The edition of a day is the latest that holds then, or the first of all")
    func editions() throws {
        let launch = BuiltInPrograms.all.filter { $0.id.value == "launch" }.sorted { $0.edition < $1.edition }
        #expect(try launch.edition(on: day("2020-01-01"))?.edition.id.value == "2025")
        #expect(try launch.edition(on: day("2025-12-31"))?.edition.id.value == "2025")
        #expect(try launch.edition(on: day("2026-01-01"))?.edition.id.value == "2026")
        #expect(launch.last?.traits.redemption == .purchase)
        #expect(launch.first?.traits.redemption == .code)
    }

    @Test("No figure of a later edition is called certain, and each names its source")
    func certainty() {
        for program in BuiltInPrograms.all where program.edition != .first {
            #expect(program.benefits.allSatisfy { $0.certainty != .certain && !$0.source.isEmpty })
        }
    }
}
