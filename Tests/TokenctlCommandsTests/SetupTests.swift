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
        #expect(units.contains("\nExecStart=\(directory)tokenctl notify "))
    }

    @Test("Only with --web may the daemon use the network: to listen on one port of this machine")
    func web() async {
        let without = await stage.run(["setup", "systemd", "--unit", "tokend.service"]).output
        #expect(without.contains("\nPrivateNetwork=yes\n"))
        #expect(without.contains("\nRestrictAddressFamilies=AF_UNIX\n"))
        #expect(!without.contains("Allow=") && !without.contains("--web"))
        let with = await stage.run(["setup", "systemd", "--unit", "tokend.service", "--web", "127.0.0.1:8765"]).output
        #expect(with.contains(" --group tokenctl --web 127.0.0.1:8765\n"))
        #expect(with.contains("\nRestrictAddressFamilies=AF_UNIX AF_INET\n"))
        #expect(with.contains("\nIPAddressDeny=any\nIPAddressAllow=localhost\nSocketBindDeny=any\n"))
        #expect(with.contains("\nSocketBindAllow=ipv4:tcp:8765\n"))
        #expect(!with.contains("PrivateNetwork"))
        let user = await stage.run(["setup", "systemd", "--user", "--web", "[::1]:8765"]).output
        #expect(user.contains(" --web [::1]:8765\n"))
        #expect(user.contains("\nRestrictAddressFamilies=AF_UNIX AF_INET6\n"))
    }

    @Test(
        "An address that others could reach is refused, and so is a port that needs privileges",
        arguments: [
            "0.0.0.0:8765", "localhost:8765", "127.0.0.1", "127.0.0.1:1023", "127.0.0.1:0", "[::]:8765", "8765", "",
        ]
    )
    func foreignAddress(address: String) async {
        let outcome = await stage.run(["setup", "systemd", "--web", address])
        #expect(outcome.exitCode == 64)
        #expect(outcome.error.contains("only this machine"))
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
