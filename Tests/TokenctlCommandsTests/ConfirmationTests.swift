import Testing

@testable import TokenctlCommands

@Suite("Questions before what cannot be undone")
struct ConfirmationTests {
    let stage = Stage()

    init() async {
        await stage.run(["org", "add", "Contoso", "--id", "contoso", "--country", "DE"])
        await stage.run([
            "enrollment", "add", "contoso", "--program", "silver-competency", "--start", "2026-01-15", "--tokens",
            "mint",
        ])
        await stage.run(["tenant", "signup", "contoso", "--domain", "contoso.com", "--admin", "admin@contoso.com"])
    }

    private func redeem(_ more: String..., answers: [String]) async -> Stage.Outcome {
        await stage.run(["redeem", "--token", "T1", "--tenant", "contoso.com"] + more, answers: answers)
    }

    @Test("At a terminal the tenant's domain has to be typed")
    func typedDomain() async {
        let wrong = await redeem(answers: ["yes"])
        #expect(wrong.exitCode == 64)
        #expect(wrong.error.contains("25 seats of ENTERPRISEPACK on contoso.com"))
        let nothing = await redeem(answers: [])
        #expect(nothing.exitCode == 64)
        let right = await redeem(answers: [" Contoso.com "])
        #expect(right.exitCode == 0)
    }

    @Test("What would be refused is told before anybody is asked")
    func refusedFirst() async {
        let outcome = await redeem("--on", "2026-01-14", answers: ["contoso.com"])
        #expect(outcome.exitCode == 65)
        #expect(!outcome.error.contains("Type"))
    }

    @Test("With --no-input nobody is asked, and nothing is done")
    func noInput() async {
        let outcome = await redeem("--no-input", answers: ["contoso.com"])
        #expect(outcome.exitCode == 64)
        #expect(outcome.error.contains("--yes"))
    }
}
