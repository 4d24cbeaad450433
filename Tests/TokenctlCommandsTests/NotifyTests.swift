import Foundation
import Testing

@testable import Registry
@testable import TokenctlCommands

@Suite("Telling what is new, once")
struct NotifyTests {
    private static let stageLines = [
        "init", "org add Contoso --id contoso --country US", "org add Fabrikam --id fabrikam --country US",
        "enrollment add contoso --program silver-competency --start 2025-05-01 --id silver --tokens mint",
        "enrollment add fabrikam --program silver-competency --start 2026-02-01 --id other --tokens mint",
    ]

    private func stage() async -> Stage {
        let stage = Stage()
        for line in Self.stageLines { await stage.run(line.split(separator: " ").map(String.init)) }
        return stage
    }

    private func notify(_ stage: Stage, _ arguments: String...) async -> Stage.Outcome {
        await stage.run(["notify"] + arguments)
    }

    @Test("What was told is not told again, and what is graver since is")
    func once() async throws {
        let stage = await stage()
        let first = await notify(stage, "--format", "json", "--detailed-exitcode")
        #expect(first.exitCode == 10)
        #expect(first.output.contains("renewal-due/contoso/silver/"))
        #expect(first.output.contains("tokens-unredeemed/fabrikam/other/"))
        let again = await notify(stage, "--detailed-exitcode")
        #expect(again.exitCode == 0 && again.output.isEmpty)
        // At Partner Center the window opens on the day after the year's last: the notice becomes a warning.
        stage.clock.move(to: "2026-05-01")
        let graver = await notify(stage)
        #expect(graver.output.contains("can be renewed through 2026-05-30"))
        #expect(!graver.output.contains("fabrikam"))
        #expect(await notify(stage).output.isEmpty)
    }

    @Test("One organisation's run, or one kind's, forgets nothing of the others")
    func scope() async throws {
        let stage = await stage()
        #expect(await notify(stage, "contoso", "--tell", "renewal-due").output.contains("renewal"))
        #expect(await notify(stage, "fabrikam").output.contains("other"))
        let rest = await notify(stage)
        #expect(rest.output.contains("1 token of silver"))
        #expect(!rest.output.contains("other") && !rest.output.contains("ends on"))
    }

    @Test("What is no more is forgotten, and told when it comes again")
    func again() async throws {
        let stage = await stage()
        _ = await notify(stage, "contoso")
        #expect(await notify(stage, "contoso", "--within", "10d").output.isEmpty)
        #expect(await notify(stage, "contoso").output.contains("ends on 2026-04-30"))
    }

    @Test("A command takes it on standard input; what it does not take is told again")
    func command() async throws {
        let stage = await stage()
        let file = "\(stage.directory)/mail"
        let failed = await notify(stage, "--command", "cat >/dev/null; exit 3")
        #expect(failed.exitCode == 74 && failed.error.contains("ended with 3"))
        #expect(await notify(stage, "--command", "kill -KILL $$").error.contains("signal 9"))
        // One that reads nothing is no trouble.
        let dry = await notify(stage, "--command", "touch \(file)", "--dry-run")
        #expect(dry.output.contains("contoso") && !FileManager.default.fileExists(atPath: file))
        let sent = await notify(
            stage,
            "--command",
            "cat >\(file); echo $TOKENCTL_NOTICES $TOKENCTL_SEVERITY >>\(file)"
        )
        #expect(sent.exitCode == 0 && sent.output.isEmpty)
        let mail = try String(contentsOfFile: file, encoding: .utf8)
        #expect(mail.contains("1 token of silver") && mail.hasSuffix("warning\n"))
        #expect(await notify(stage, "--command", "false").exitCode == 0)
    }

    @Test("The configuration names the command")
    func setting() async throws {
        let stage = await stage()
        await stage.run(["config", "set", "notify-command", "exit 9"])
        #expect(await notify(stage).exitCode == 74)
        #expect(await notify(stage, "--command", "exit 0").exitCode == 0)
        await stage.run(["config", "unset", "notify-command"])
        let outcome = await stage.run(
            ["notify", "--failure", "tokend.service"],
            environment: ["TOKENCTL_NOTIFY_COMMAND": "grep -q 'tokend.service failed'"]
        )
        #expect(outcome.exitCode == 0 && outcome.output.isEmpty)
    }

    @Test("What was told is kept for its owner alone; a file that is something else is left as it is")
    func state() async throws {
        let stage = await stage()
        _ = await notify(stage)
        let path = "\(stage.directory)/told.json"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        for text in ["", "[]", "{\"version\": 2, \"registries\": {}}", "garbage"] {
            let file = try stage.file("told.json", text)
            let outcome = await notify(stage)
            #expect(outcome.exitCode == 65 && outcome.output.isEmpty, "\(text)")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
        }
    }

    @Test("Figures for node-exporter replace their file as a whole, and others can read it")
    func textfile() async throws {
        let stage = await stage()
        let path = try stage.file("notices.prom", "older\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(await notify(stage, "--textfile", path).exitCode == 0)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let labels = "organization=\"contoso\",kind=\"tokens-unredeemed\",severity=\"warning\""
        #expect(text.contains("\ntokenctl_notices{\(labels)} 1\n"))
        // The end of 30 April 2026.
        #expect(text.contains("\ntokenctl_notice_end_timestamp_seconds{\(labels)} 1777593600\n"))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o644)
        #expect(try FileManager.default.contentsOfDirectory(atPath: stage.directory).allSatisfy { !$0.hasPrefix(".") })
        #expect(await notify(stage, "--textfile", "/dev/null").exitCode == 73)
        #expect(await notify(stage, "--textfile", "\(stage.directory)/none/x.prom").exitCode == 73)
    }

    @Test("A calendar has an event for each, and text lines none longer than 75 octets")
    func calendar() async throws {
        let outcome = await notify(await stage(), "--format", "ical")
        let lines = outcome.output.split(separator: "\r\n")
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
        #expect(lines.count { $0 == "BEGIN:VEVENT" } == 3)
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    }
}
