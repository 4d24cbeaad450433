import Testing

@testable import TokenctlCommands

@Suite("A command that is not there")
struct MistypedCommandTests {
    @Test(
        "The nearest is named",
        arguments: [
            ("tokn list contoso", "'tokenctl token'"), ("token lst", "'tokenctl token list'"),
            ("product version ad x", "'tokenctl product version add'"), ("assign", "'tokenctl seat assign' or"),
            ("Token list", "'tokenctl token'"),
        ]
    )
    func nearest(_ line: String, _ expected: String) async {
        let outcome = await Stage().run(line.split(separator: " ").map(String.init))
        #expect(outcome.exitCode == 64)
        #expect(outcome.error.contains("Did you mean \(expected)"), "\(outcome.error)")
    }

    @Test("Where none is near, the choices are named")
    func choices() async {
        let outcome = await Stage().run(["token", "frobnicate", "-o", "json"])
        #expect(outcome.exitCode == 64)
        #expect(outcome.error.contains("Its commands are import, list"))
        #expect(outcome.error.contains(#""hint" : "tokenctl token --help""#))
        #expect(await Stage().run(["list"]).error.contains("tokenctl --help"))
    }

    @Test("A choice that is mistyped is answered with the nearest")
    func values() async {
        #expect(await Stage().run(["org", "list", "-o", "jsn"]).error.contains("Did you mean json?"))
        #expect(await Stage().run(["org", "lits", "--help"]).error.contains("'tokenctl org list'"))
        #expect(await Stage().run(["statement", "--format", "markdwon"]).error.contains("Did you mean markdown?"))
    }

    @Test(
        "Nothing is held against what is a command",
        arguments: ["help token", "--help", "token --help", "rules R31"]
    )
    func commands(_ line: String) async {
        #expect(await Stage().run(line.split(separator: " ").map(String.init)).exitCode == 0)
    }
}
