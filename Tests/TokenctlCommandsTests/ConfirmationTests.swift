import Testing

@testable import TokenctlCommands

@Suite("Questions before what cannot be undone")
struct ConfirmationTests {
    let stage = Stage()

    init() async {
        await stage.run(["init"])
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
        #expect(outcome.error.contains("--no-input was given, so I can't ask for confirmation; pass --yes."))
    }

    /// Each with the word that it asks for, on a day in the renewal's window.
    private func irreversible() async throws -> [(command: [String], word: String)] {
        await stage.run(["redeem", "--token", "T1", "--tenant", "contoso.com", "--yes"])
        let backup = "\(stage.directory)/backup"
        await stage.run(["backup", backup])
        await stage.run([
            "enrollment", "add", "contoso", "--program", "action-pack", "--start", "2026-01-15", "--id", "AP",
        ])
        stage.clock.move(to: "2027-01-16")
        let plan = "\(stage.directory)/plan.json"
        await stage.run(["renewal", "plan", "E1", "--out", plan])
        stage.clock.move(to: "2027-01-17")
        return [
            (["renewal", "apply", plan, "--redeem"], "E1"),
            (["renewal", "apply", "--all-due"], "apply"),
            (["renewal", "lapse", "AP", "--on", "2027-01-15"], "AP"),
            (["enrollment", "end", "AP", "--on", "2026-06-01"], "AP"),
            (["restore", backup], "restore"),
        ]
    }

    private func rows() async -> String { await stage.run(["audit", "log", "-o", "csv"]).output }

    @Test("Unattended, nothing irreversible is done without --yes")
    func unattended() async throws {
        for (command, _) in try await irreversible() {
            let before = await rows()
            let refused = await stage.run(command)
            #expect(refused.exitCode == 64, "\(command)")
            #expect(refused.output.isEmpty)
            #expect(
                refused.error.contains("Not a terminal, so I can't ask for confirmation; pass --yes."),
                "\(command): \(refused.error)"
            )
            if command[0] != "restore" {
                #expect(await stage.run(command + ["--dry-run"]).exitCode == 0, "\(command)")
            }
            #expect(await rows() == before, "\(command)")
        }
    }

    @Test("At a terminal it is said what will happen, and a word has to be typed")
    func asked() async throws {
        let commands = try await irreversible()
        for (command, word) in commands {
            let before = await rows()
            let wrong = await stage.run(command, answers: ["yes"])
            #expect(wrong.exitCode == 64, "\(command)")
            #expect(wrong.error.contains("Type \(word) to continue"), "\(command): \(wrong.error)")
            #expect(await rows() == before, "\(command)")
        }
        let apply = await stage.run(commands[0].command, answers: ["e1"])
        #expect(apply.exitCode == 0)
        #expect(apply.error.contains("E1 is renewed as E1-2027, for 2027-01-15 to 2028-01-14."), "\(apply.error)")
        #expect(apply.error.contains("No token is void."))
    }

    @Test("R46: a replacement asks for the token's id, or needs --yes")
    func replacement() async {
        await stage.run(["redeem", "--token", "T1", "--tenant", "contoso.com", "--yes"])
        let command = ["token", "replace", "T1", "--code", "XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK"]
        #expect(await stage.run(command).exitCode == 64)
        #expect(await stage.run(command, answers: ["contoso.com"]).exitCode == 64)
        #expect(await stage.run(command, answers: ["T1"]).exitCode == 0)
    }

    @Test("A stale plan is told before anybody is asked, and a batch with nothing to do asks nothing")
    func nothingToAsk() async throws {
        let commands = try await irreversible()
        await stage.run(["seat", "assign", "ann@contoso.com", "--tenant", "contoso.com", "--sku", "ENTERPRISEPACK"])
        #expect(await stage.run(commands[0].command).exitCode == 5)
        stage.clock.move(to: "2026-06-01")
        #expect(await stage.run(["renewal", "apply", "--all-due"]).exitCode == 0)
    }
}
