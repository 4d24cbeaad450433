import Testing

@testable import Registry

@Suite("Questions about the programmes since the FAQ")
struct LaterQuestionTests {
    private static let questions: [(String, Rule)] = [
        ("can we have two packages at the same time", .r52),
        ("can I change from launch to expanded in mid-term", .r52),
        ("can a designation be held beside a package", .r52),
        ("can I still buy gold in 2026", .r53),
        ("when were silver and gold last sold before 2026", .r53),
        ("how do I redeem without a code in 2026", .r54),
        ("which billing account does the tenant need for an order", .r54),
        ("when does a purchased benefit's service end", .r54),
        ("what happens to the end date when I add seats since 2023", .r55),
        ("are the ends merged when adding seats to an active subscription now", .r55),
        ("should I extend or let it lapse since 2023", .r56),
        ("what becomes of a specialisation when the designation is lost", .r57),
        ("when is the next anniversary of a package after payment", .r58),
        ("can bought Business Premium be in the same tenant as a designation's E5", .r59),
        ("does reinstalling the same machine take an activation since 2023", .r60),
        ("by which day do I have to activate a package's benefit", .r61),
        ("when can I reassign a Visual Studio subscription to another person", .r62),
        ("how often can a monthly Azure credit be reassigned", .r62),
        ("what happens to benefits when two partner accounts are merged", .r63),
        ("what replaced Office 365 E3, EMS and Intune in later editions", .r64),
    ]

    @Test("R52 to R64: of twenty common questions each is answered by its rule, nearly all first")
    func table() {
        #expect(Self.questions.count == 20)
        var first = 0
        for (question, rule) in Self.questions {
            let best = RuleSearch.best(question, limit: 3)
            #expect(best.contains(rule), "\(question): \(best)")
            first += best.first == rule ? 1 : 0
            #expect(rule.edition.contains("2026"))
        }
        #expect(first >= 18, "\(first)")
    }

    @Test("Asked of the first edition, no later rule answers; asked of a later one, they are not held back")
    func editions() {
        let question = "can I use business premium with E3 on one tenant"
        #expect(RuleSearch.rank(question, isLater: false).allSatisfy { !$0.rule.isOfLaterEditions })
        #expect(RuleSearch.best(question, limit: 3, isLater: true).first == .r59)
        #expect(RuleSearch.best(question, limit: 3).first == .r39)
    }
}
