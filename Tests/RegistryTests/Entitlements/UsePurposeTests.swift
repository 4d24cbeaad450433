import Testing

@testable import Registry

@Suite("Purposes of a use")
struct UsePurposeTests {
    @Test("R01: the four purposes of the programme are read", arguments: UsePurpose.allCases)
    func allowed(purpose: UsePurpose) throws {
        #expect(try UsePurpose(purpose.rawValue) == purpose)
    }

    @Test(
        "R01: any other purpose is refused",
        arguments: ["revenue", "hosting", "", "Internal-Use", "internal-use ", "resale"]
    )
    func refused(text: String) {
        #expect {
            try UsePurpose(text)
        } throws: { error in
            let refusal = error as? Refusal
            return refusal?.code == .purposeNotAllowed && refusal?.rule == .r01 && refusal?.fact("purpose") == text
        }
    }

    @Test("R06: demonstration and training do not count, internal use and evaluation do")
    func counting() {
        #expect(UsePurpose.allCases.filter(\.countsAgainstEntitlement) == [.internalUse, .evaluation])
    }

    @Test("R42: what was bought outside the programme does not count, whatever its purpose")
    func boughtOutside() {
        #expect(UsePurpose.allCases.allSatisfy { !$0.countsAgainstEntitlement(boughtOutsideProgram: true) })
        #expect(UsePurpose.internalUse.countsAgainstEntitlement(boughtOutsideProgram: false))
        #expect(!UsePurpose.training.countsAgainstEntitlement(boughtOutsideProgram: false))
    }

    @Test("R20: the right to evaluate comes with MSDN and with no other line")
    func evaluation() throws {
        try UsePurpose.evaluation.checkRight(for: .msdn).get()
        try UsePurpose.training.checkRight(for: .officeSuite).get()
        #expect {
            try UsePurpose.evaluation.checkRight(for: .officeSuite).get()
        } throws: { ($0 as? Refusal)?.code == .purposeNotAllowed && ($0 as? Refusal)?.rule == .r20 }
    }
}
