import Testing

@testable import TokenctlCommands

@Suite("The units for systemd")
struct SetupTests {
    private let stage = Stage()

    @Test(
        "The programs are in the prefix's bin",
        arguments: [("/usr/local", "/usr/local/bin/"), ("/opt/tokens/", "/opt/tokens/bin/"), ("/", "/bin/")]
    )
    func prefix(prefix: String, directory: String) async {
        let units = await stage.run(["setup", "systemd", "--prefix", prefix]).output
        #expect(units.contains("\nExecStart=\(directory)tokend "))
        #expect(units.contains("\nExecStart=\(directory)tokenctl renewal due "))
    }

    @Test("A relative prefix is refused")
    func relativePrefix() async {
        let outcome = await stage.run(["setup", "systemd", "--prefix", "build"])
        #expect(outcome.exitCode == 64)
        #expect(outcome.error.contains("absolute path"))
    }

    @Test("The service says how to create its registry, and is not started again and again without one")
    func registry() async {
        let system = await stage.run(["setup", "systemd", "--unit", "tokend.service"]).output
        #expect(system.contains("tokenctl init --registry /var/lib/tokenctl\n"))
        #expect(system.contains("\nRestartPreventExitStatus=3 "))
        let user = await stage.run(["setup", "systemd", "--user", "--unit", "tokend.service"]).output
        #expect(user.contains("tokenctl init --registry ~/.local/state/tokenctl\n"))
        #expect(user.contains(" --registry %h/.local/state/tokenctl "))
    }
}
