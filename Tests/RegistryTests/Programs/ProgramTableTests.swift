import Testing

@testable import Registry

@Suite("A programme table is validated before it is taken")
struct ProgramTableTests {
    private func benefit(
        _ product: String? = "office-suite",
        _ quantity: Int? = 25,
        country: Int? = nil,
        worldwide: Int? = nil,
        sku: String? = nil,
        seats: Int? = nil,
        certainty: String? = nil
    ) -> ProgramTable.Benefit {
        ProgramTable.Benefit(
            product: product,
            quantity: quantity,
            countryMaximum: country,
            worldwideMaximum: worldwide,
            skuPartNumber: sku,
            tokenSeats: seats,
            source: nil,
            certainty: certainty
        )
    }

    private func faults(_ benefits: ProgramTable.Benefit...) -> [String] {
        ProgramTable(programs: [.init(id: "p", name: nil, kind: "action-pack", benefits: benefits)]).validated().faults
            .map(
                \.path
            )
    }

    @Test("A table without faults becomes its programmes; what is left out has its default")
    func valid() throws {
        let (programs, faults) = ProgramTable(programs: [
            .init(id: "gold-competency", name: nil, kind: nil, benefits: [benefit(sku: "ENTERPRISEPACK", seats: 25)])
        ]).validated()
        #expect(faults.isEmpty)
        let program = try #require(programs.first)
        #expect(program.kind == .goldCompetency)
        #expect(program.benefits.first?.maximum == ProductMaximum(country: 125, worldwide: 375))
        #expect(program.benefits.first?.certainty == .certain)
    }

    @Test("The built-in table has no fault, and its first edition names each kind of its time once")
    func builtIn() {
        let first = BuiltInPrograms.all.filter { $0.edition == .first }
        #expect(first.map(\.kind) == Array(Program.Kind.allCases.prefix(6)))
        #expect(BuiltInPrograms.all.allSatisfy { $0.kind.knownTraits != nil })
    }

    @Test("Each field that is wrong is named by its path")
    func invalid() {
        #expect(faults(benefit("Office Suite")) == ["programs[0].benefits[0].product"])
        #expect(faults(benefit("intune", nil)) == ["programs[0].benefits[0].quantity"])
        #expect(faults(benefit("intune", -1)) == ["programs[0].benefits[0].quantity"])
        #expect(faults(benefit(), benefit()) == ["programs[0].benefits[1].product"])
        #expect(faults(benefit(country: 5, worldwide: 4)) == ["programs[0].benefits[0].worldwideMaximum"])
        #expect(faults(benefit(country: 5, worldwide: 5)).isEmpty)
        #expect(faults(benefit(sku: "ENTERPRISEPACK")) == ["programs[0].benefits[0].tokenSeats"])
        #expect(faults(benefit(seats: 25)) == ["programs[0].benefits[0].skuPartNumber"])
        #expect(faults(benefit(certainty: "perhaps")) == ["programs[0].benefits[0].certainty"])
    }

    @Test("A programme cannot be called table, which names them all")
    func reserved() {
        let table = ProgramTable(programs: [.init(id: "table", name: nil, kind: "action-pack", benefits: [benefit()])])
        #expect(table.validated().faults.map(\.path) == ["programs[0].id"])
    }

    @Test("Two programmes of one id, an unknown kind and an empty table are faults")
    func programs() {
        let twice = ProgramTable.Entry(id: "action-pack", name: nil, kind: nil, benefits: [])
        #expect(ProgramTable(programs: [twice, twice]).validated().faults.map(\.path) == ["programs[1].id"])
        let unknown = ProgramTable.Entry(id: "platinum", name: nil, kind: nil, benefits: [])
        #expect(ProgramTable(programs: [unknown]).validated().faults.map(\.path) == ["programs[0].kind"])
        #expect(ProgramTable(programs: []).validated().faults.map(\.path) == ["programs"])
    }
}
