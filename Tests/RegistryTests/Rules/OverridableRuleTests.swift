import Testing

@testable import Registry

@Suite("Rules that can be overridden")
struct OverridableRuleTests {
    @Test("R12, R37: these two can be overridden by name, and no other")
    func names() {
        #expect(Rule.allCases.filter { OverridableRule(named: $0.rawValue) != nil } == [.r12, .r37])
        #expect(OverridableRule(named: "r12") == .r12)
        #expect(OverridableRule(named: "R99") == nil)
        #expect(OverridableRule.choices == "R12 or R37")
    }
}
