import Testing

@testable import TokenctlCommands

@Suite("Completion in shells")
struct CompletionTests {
    /// What is offered for the last word of a line, without what is said about it.
    private func offered(_ stage: Stage, _ line: String) async -> [String] {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let outcome = await stage.run(["---complete", String(words.count)] + words)
        #expect(outcome.exitCode == 0 && outcome.error.isEmpty)
        return outcome.output.split(separator: "\n").map { String($0.split(separator: "\t")[0]) }
    }

    private func registry() async -> Stage {
        let stage = Stage()
        let script = [
            "init", "org add Contoso --id contoso --country DE", "org add Fabrikam --id fabrikam --country US -q",
            "location add contoso Lyon --id lyon --country FR",
            "enrollment add contoso --program silver-competency --start 2026-01-15 --id sc --tokens mint",
            "enrollment add fabrikam --program gold-competency --start 2026-01-15 --id gold --tokens mint",
            "tenant signup contoso --domain contoso.onmicrosoft.com --admin admin@contoso.com",
            "tenant signup fabrikam --domain fabrikam.example --admin admin@fabrikam.example",
            "redeem --token T1 --tenant contoso.onmicrosoft.com --yes",
        ]
        for line in script { await stage.run(line.split(separator: " ").map(String.init) + ["-q"]) }
        return stage
    }

    @Test("Nouns, verbs and options, with a few words about each")
    func commands() async {
        let stage = Stage()
        #expect(await offered(stage, "ren") == ["renewal"])
        #expect(
            await offered(stage, "token ") == ["import", "list", "show", "reveal", "reserve", "release", "replace"]
        )
        #expect(await offered(stage, "manu").isEmpty)
        let options = await offered(stage, "token list --st")
        #expect(options == ["--status"])
        #expect(await offered(stage, "-o json token li") == ["list"])
        let told = await stage.run(["---complete", "1", "redeem"]).output
        #expect(told.hasPrefix("redeem\tRecord that a token"), "\(told)")
    }

    @Test("An option that stands there is not offered again; after -- none is")
    func usedOptions() async {
        let stage = Stage()
        #expect(await offered(stage, "redeem --tenant a --ten").isEmpty)
        #expect(await offered(stage, "redeem -- --ten").isEmpty)
    }

    @Test("Values that are one of a few words, also behind =, as each shell splits it")
    func values() async {
        let stage = Stage()
        #expect(await offered(stage, "org list -o j") == ["json"])
        #expect(await offered(stage, "org list --output=nd") == ["--output=ndjson"])
        #expect(await offered(stage, "org list --output = nd") == ["ndjson"])
        #expect(await offered(stage, "org list --output =") == ["table", "wide", "json", "csv", "ndjson"])
        #expect(await offered(stage, "completion f") == ["fish"])
    }

    @Test("Files and directories are the shell's own affair")
    func files() async {
        let stage = Stage()
        #expect(await offered(stage, "token import ") == [":files"])
        #expect(await offered(stage, "status --registry ") == [":directories"])
    }

    @Test("Names come from the registry: those of the organisation that is named, else of all")
    func names() async {
        let stage = await registry()
        #expect(await offered(stage, "org show ") == ["contoso", "fabrikam"])
        #expect(await offered(stage, "org show con") == ["contoso"])
        #expect(await offered(stage, "org show contoso") == ["contoso"])
        #expect(await offered(stage, "org show fab") == ["fabrikam"])
        #expect(await offered(stage, "tenant show ") == ["contoso.onmicrosoft.com", "fabrikam.example"])
        #expect(await offered(stage, "enrollment show g") == ["gold"])
        #expect(await offered(stage, "token list fabrikam --enrollment ") == ["gold"])
        #expect(await offered(stage, "enrollment add contoso --location l") == ["lyon"])
        #expect(await offered(stage, "enrollment add contoso --program gold-") == ["gold-competency"])
        #expect(await offered(stage, "statement contoso --explain off") == ["office-suite"])
        #expect(await offered(stage, "sku show ENTERPRISEPR").contains("ENTERPRISEPREMIUM"))
        #expect(await offered(stage, "rules R3").contains("R31"))
    }

    @Test("redeem is offered only tokens that can be redeemed; other commands all of them, with the code's end")
    func tokens() async {
        let stage = await registry()
        #expect(await offered(stage, "redeem --token ") == ["T2", "T3", "T4", "T5"])
        #expect(await offered(stage, "token show ").first == "T1")
        #expect(await offered(stage, "redeem --tenant fabrikam.example --token ").contains("T2"))
        let told = await stage.run(["---complete", "3", "token", "show", "T1"]).output
        #expect(told.hasPrefix("T1\t25 ENTERPRISEPACK …") && told.hasSuffix(", redeemed\n"), "\(told)")
    }

    @Test("Without a registry, and for words that make no sense, nothing is offered and nothing fails")
    func nothing() async {
        let stage = Stage()
        for line in ["org show ", "nonsense ", "redeem --nonsense ", "token show T1 T2 ", "org show \u{1B}[2J"] {
            #expect(await offered(stage, line).isEmpty, "\(line)")
        }
        for arguments in [[], ["x"], ["0"], ["9", "org"], ["-1", "org"], ["99999999999999999999", "org"]] {
            let outcome = await stage.run(["---complete"] + arguments)
            #expect(outcome.exitCode == 0 && outcome.output.isEmpty && outcome.error.isEmpty, "\(arguments)")
        }
    }

    @Test("Each shell's script asks the program that is completed")
    func scripts() async {
        let stage = Stage()
        for name in ["bash", "zsh", "fish"] {
            let outcome = await stage.run(["completion", name])
            #expect(outcome.exitCode == 0 && outcome.output.contains(Completer.word))
        }
        #expect(await stage.run(["completion", "tcsh"]).exitCode == 64)
    }
}
