import Foundation
import Testing

/// What the system, or an odd input, stands in the way of is said in a sentence, with an exit code of its own.
@Suite("What goes wrong outside is said in a sentence", .enabled(if: RegistryAccess.ofThisRun == .direct))
struct FaultSentenceTests {
    private let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox(.direct)
    }

    @Test("Output that cannot be written ends with 74 and says why; a reader that went away ends it quietly")
    func fullDevice() async throws {
        func shell(_ redirection: String) async throws -> Sandbox.Outcome {
            try await Sandbox.run(
                "/bin/bash",
                ["-c", "\"$0\" sku list \(redirection); exit ${PIPESTATUS[0]}", Sandbox.product("tokenctl")],
                input: "",
                environment: sandbox.environment
            )
        }
        let full = try await shell("> /dev/full")
        #expect(full.exitCode == 74)
        #expect(full.error.contains("Cannot write to standard output: No space left on device."))
        let gone = try await shell("| true")
        #expect([0, 141].contains(gone.exitCode))
        #expect(gone.error.isEmpty)
    }

    @Test("A date whose year no enrollment can have is refused with the years that it can have")
    func years() async throws {
        try await sandbox.json("org", "add", "Contoso", "--id", "contoso", "--country", "DE")
        for (date, exitCode) in [("9999-06-01", 65), ("2201-01-01", 65), ("1989-12-31", 65), ("2200-12-31", 0)] {
            let outcome = try await sandbox.tokenctl(
                "enrollment",
                "add",
                "contoso",
                "--program",
                "gold-competency",
                "--start",
                date,
                "--dry-run"
            )
            #expect(outcome.exitCode == Int32(exitCode), "\(date): \(outcome.error)")
            #expect(outcome.error.contains("1990 to 2200") == (exitCode != 0))
        }
        #expect(try await sandbox.tokenctl("statement", "contoso", "--as-of", "9999-12-31").exitCode == 65)
        #expect(try await sandbox.tokenctl("audit", "log", "--since", "9999-12-31").exitCode == 65)
    }

    @Test("Files that cannot be read end with 66, and those that cannot be written with 73")
    func files() async throws {
        _ = try await sandbox.makeContoso()
        let nowhere = "\(sandbox.directory)/nowhere/file"
        for command in [
            ["token", "import", nowhere, "--enrollment", "E1"], ["renewal", "apply", nowhere, "--yes"],
            ["redeem", "--code-file", nowhere, "--tenant", "contoso.onmicrosoft.com", "--yes"],
        ] {
            let outcome = try await sandbox.tokenctl(command)
            #expect(outcome.exitCode == 66, "\(command): \(outcome.error)")
            #expect(outcome.error.contains("Cannot read \(nowhere): No such file or directory."), "\(outcome.error)")
        }
        for command in [["backup", nowhere], ["renewal", "plan", "E1", "--out", nowhere]] {
            let outcome = try await sandbox.tokenctl(command)
            #expect(outcome.exitCode == 73, "\(command): \(outcome.error)")
            #expect(outcome.error.contains(nowhere))
        }
    }

    @Test("A backup that cannot be written ends with 73 and names the file, of which nothing is left; a name is needed")
    func backup() async throws {
        let path = "\(sandbox.directory)/b.db"
        // The signal that a file has become too long is ignored, so that writing it gives an error.
        let outcome = try await Sandbox.run(
            "/bin/bash",
            ["-c", "trap '' XFSZ; ulimit -f 128; exec \"$0\" backup \"$1\"", Sandbox.product("tokenctl"), path],
            input: "",
            environment: sandbox.environment
        )
        #expect(outcome.exitCode == 73)
        #expect(outcome.error.contains("Cannot write the backup \(path): I/O error."), "\(outcome.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.directory) == ["registry"])
        #expect(try await sandbox.tokenctl("backup", "").exitCode == 64)
    }

    @Test("A registry that was created and cannot be opened is said to have been created")
    func createdAndClosed() async throws {
        let directory = "\(sandbox.directory)/new"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        // Left by another registry.
        try Data("stale".utf8).write(to: URL(fileURLWithPath: "\(directory)/registry.anchor"))
        #expect(chmod("\(directory)/registry.anchor", 0o600) == 0)
        let outcome = try await sandbox.tokenctl("init", "--registry", directory, "-o", "json")
        #expect(outcome.exitCode == 5, "\(outcome.error)")
        #expect(outcome.json["created"] as? Bool == true)
    }

    @Test("A plan takes the place of no pipe and no device")
    func planIntoPipe() async throws {
        _ = try await sandbox.makeContoso()
        let pipe = "\(sandbox.directory)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let outcome = try await sandbox.tokenctl("renewal", "plan", "E1", "--out", pipe)
        #expect(outcome.exitCode == 73, "\(outcome.error)")
        #expect(outcome.error.contains("Cannot write \(pipe): it is not a regular file"))
        var status = stat()
        #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }
}
