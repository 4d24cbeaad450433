import Foundation
import Testing

@Suite("The daemon's command line", .enabled(if: RegistryAccess.ofThisRun == .direct, "It starts no daemon."))
struct TokendCommandTests {
    private func tokend(_ arguments: String..., environment: [String: String] = [:]) async throws -> Sandbox.Outcome {
        try await Sandbox.run(
            Sandbox.product("tokend"),
            arguments,
            input: "",
            environment: environment.merging(["HOME": "/nowhere", "XDG_RUNTIME_DIR": "/nowhere"]) { given, _ in given }
        )
    }

    @Test(
        "Help, version and completion are printed, and nothing is served",
        arguments: [
            (["--help"], "--shutdown-timeout <seconds>"), (["--version"], "0.1.0\n"),
            (["--generate-completion-script", "bash"], "--body-size"),
        ]
    )
    func printed(arguments: [String], text: String) async throws {
        let outcome = try await Sandbox.run(Sandbox.product("tokend"), arguments, input: "", environment: [:])
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.contains(text))
        #expect(outcome.error.isEmpty)
    }

    @Test("The manual page has every setting that the help has")
    func manual() async throws {
        let help = try await tokend("--help").output
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Man/tokend.8")
        let page = try String(contentsOf: path, encoding: .utf8)
        let names = help.matches(of: /\n  --([a-z-]+) </).map { String($0.output.1) }
        #expect(names.count > 15)
        for name in names where name != "generate-completion-script" {
            #expect(page.contains("\n.BI \(name.replacing("-", with: "\\-")) \\ "), "\(name)")
        }
    }

    @Test(
        "Every option reaches the setting of its name",
        arguments: [
            "registry", "socket", "spool", "group", "config", "log-file", "metrics-readers", "web", "web-session",
            "log-level", "body-size",
            "upload-size", "header-size", "header-count", "connections", "user-connections", "idle-timeout",
            "header-timeout", "body-timeout", "upload-timeout", "write-timeout", "shutdown-timeout",
        ]
    )
    func settings(name: String) async throws {
        let empty = try await tokend("--\(name)", "")
        #expect(empty.exitCode == 64)
        #expect(
            empty.error.contains(
                name == "config" ? "Cannot read the file" : "cannot be \(name) (from the command line)"
            )
        )
        let twice = try await tokend("--\(name)", "1", "--\(name)=2")
        #expect(twice.exitCode == 64)
        #expect(twice.error == "tokend: --\(name) was given twice. See tokend --help.\n")
    }

    @Test("A usage error is one line with the code 64, shows no code and escapes what cannot be seen")
    func usageErrors() async throws {
        for wrong in [["--nothing", "1"], ["--socket"], ["x"]] {
            let outcome = try await Sandbox.run(Sandbox.product("tokend"), wrong, input: "", environment: [:])
            #expect(outcome.exitCode == 64)
            #expect(outcome.error.hasPrefix("tokend: ") && outcome.error.hasSuffix(" See tokend --help.\n"))
        }
        let code = TokenFile.codes(1, seed: 12)[0]
        for wrong in [code, "--\(code)", "--body-size=\(code)"] {
            let outcome = try await tokend(wrong)
            #expect(outcome.exitCode == 64)
            #expect(!outcome.error.contains(code.prefix(17)))
        }
        let escaped = try await tokend("a\u{1B}[2J")
        #expect(escaped.exitCode == 64)
        #expect(escaped.error.contains("a\\u{1B}[2J"))
    }
}
