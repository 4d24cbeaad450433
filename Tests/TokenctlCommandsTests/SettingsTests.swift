import Foundation
import Testing

@testable import Registry
@testable import TokenctlCommands

@Suite("What is set once")
struct SettingsTests {
    private static let file = """
        # mine
        org = contoso
          tenant=contoso.onmicrosoft.com

        [fabrikam]
        org = fabrikam
        registry = /srv/fabrikam # not a remark

        """

    private func settings(
        _ environment: [String: String],
        profile: String? = nil,
        _ text: String = Self.file
    ) throws -> Settings {
        let stage = Stage()
        _ = try stage.file("config", text)
        try FileManager.default.createDirectory(
            atPath: "\(stage.directory)/tokenctl",
            withIntermediateDirectories: true
        )
        try FileManager.default.moveItem(
            atPath: "\(stage.directory)/config",
            toPath: "\(stage.directory)/tokenctl/config"
        )
        return try Settings(
            environment: environment.merging(["XDG_CONFIG_HOME": stage.directory]) { $1 },
            profile: profile
        )
    }

    @Test("The command line's profile comes before the environment, the environment before the profile that is set")
    func order() throws {
        #expect(try settings([:])[.org] == "contoso")
        #expect(try settings([:])[.tenant] == "contoso.onmicrosoft.com")
        #expect(try settings(["TOKENCTL_ORG": "northwind"])[.org] == "northwind")
        #expect(try settings(["TOKENCTL_ORG": ""])[.org] == "contoso")
        #expect(try settings(["TOKENCTL_PROFILE": "fabrikam"])[.org] == "fabrikam")
        #expect(try settings(["TOKENCTL_PROFILE": "fabrikam", "TOKENCTL_ORG": "northwind"])[.org] == "northwind")
        let named = try settings(["TOKENCTL_ORG": "northwind"], profile: "fabrikam")
        #expect(named[.org] == "fabrikam")
        #expect(named[.tenant] == "contoso.onmicrosoft.com")
        #expect(named[.registry] == "/srv/fabrikam # not a remark")
        #expect(named.found(.org)?.source == .profile("fabrikam"))
    }

    @Test("A profile that is not there is an error that names the nearest")
    func unknownProfile() throws {
        let error = #expect(throws: UsageError.self) { try settings([:], profile: "fabricam") }
        #expect(error?.message.hasSuffix("Did you mean fabrikam?") == true)
        #expect(throws: UsageError.self) { try settings(["TOKENCTL_PROFILE": "other"]) }
    }

    @Test(
        "A line that makes no sense is named with its number",
        arguments: [
            ("org = a b", "an id is 1 to 64 letters"), ("orgg = a", "Did you mean org?"),
            ("org", "expected 'name = value'"),
            ("[a b]", "the name of a profile"), ("[a", "the name of a profile"), ("registry = here", "begins with /"),
            ("output = jsn", "Did you mean json?"), ("[a]\nprofile = a", "before the first profile"),
            ("org =", "an id is"),
        ]
    )
    func faults(_ line: String, _ words: String) throws {
        let error = #expect(throws: Refusal.self) { try SettingsFile(parsing: "# one\n" + line, path: "/c") }
        let number = 1 + line.split(separator: "\n").count
        #expect(error?.detail.hasPrefix("/c, line \(number): ") == true, "\(error?.detail ?? "")")
        #expect(error?.detail.contains(words) == true, "\(error?.detail ?? "")")
    }

    @Test("What is set takes its place, and everything else stays as it was")
    func editing() throws {
        var file = try SettingsFile(parsing: Self.file, path: "/c")
        #expect(file.text == Self.file)
        file.set(.org, to: "northwind", in: nil)
        file.set(.output, to: "json", in: nil)
        file.set(.tenant, to: "fabrikam.com", in: "fabrikam")
        file.set(.org, to: "new", in: "new")
        #expect(
            file.text == """
                # mine
                org = northwind
                  tenant=contoso.onmicrosoft.com
                output = json

                [fabrikam]
                org = fabrikam
                registry = /srv/fabrikam # not a remark
                tenant = fabrikam.com

                [new]
                org = new

                """
        )
        let again = try SettingsFile(parsing: file.text, path: "/c")
        #expect(again.profiles == ["fabrikam", "new"])
        #expect(again.values(in: "new") == [.org: "new"])
        let removed = file.remove(.org, in: "new")
        #expect(removed)
        #expect(file.profiles == ["fabrikam"])
        let isUnset = file.remove(.socket, in: nil)
        #expect(!isUnset)
        var empty = SettingsFile()
        empty.set(.org, to: "a", in: "p")
        empty.set(.org, to: "b", in: nil)
        #expect(empty.text == "org = b\n\n[p]\norg = a\n")
        _ = empty.remove(.org, in: "p")
        #expect(empty.text == "org = b\n")
    }

    @Test("Another user's file is not read", .enabled(if: geteuid() == 0))
    func foreignFile() async throws {
        let stage = Stage()
        await stage.run(["config", "set", "org", "contoso"])
        let path = "\(stage.directory)/.config/tokenctl/config"
        #expect(chown(path, 12_345, 12_345) == 0)
        let outcome = await stage.run(["org", "list"])
        #expect(outcome.exitCode == 66)
        #expect(outcome.error.contains("it belongs to another user"))
    }

    @Test("A symbolic link stays one, and the file is its owner's alone")
    func symbolicLink() async throws {
        let stage = Stage()
        let real = try stage.file("dotfiles", "# mine\n")
        let directory = "\(stage.directory)/.config/tokenctl"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: "\(directory)/config", withDestinationPath: real)
        #expect(await stage.run(["config", "set", "org", "contoso"]).exitCode == 0)
        #expect(try String(contentsOfFile: real, encoding: .utf8) == "# mine\norg = contoso\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/config") == real)
    }

    @Test("What is set stands in for the organisation and the tenant, but never where something cannot be undone")
    func defaults() async throws {
        let stage = Stage()
        await stage.run(["init"])
        await stage.run(["org", "add", "Contoso", "--id", "contoso", "--country", "DE"])
        #expect(await stage.run(["location", "list"]).exitCode == 64)
        let environment = ["TOKENCTL_ORG": "contoso", "TOKENCTL_TENANT": "contoso.com"]
        func run(_ line: String) async -> Stage.Outcome {
            await stage.run(line.split(separator: " ").map(String.init), environment: environment)
        }
        #expect(await run("location add Lyon --id lyon --country FR").exitCode == 0)
        #expect(await run("location list --fields id -o csv").output == "id\nhq\nlyon\n")
        #expect(await run("enrollment add --program gold-competency --start 2026-01-15 --id gold").exitCode == 0)
        let tokens = try stage.file("t.csv", "code,sku,seats\nXKB4C-T9V2M-QH7RD-6WJ3P-8FGYK,ENTERPRISEPACK,25\n")
        #expect(await run("token import \(tokens) --enrollment gold").exitCode == 0)
        #expect(await run("tenant signup --domain contoso.com --admin a@contoso.com").exitCode == 0)
        for line in [
            "redeem --token T1 --yes", "tenant add-domain contoso.de", "tenant set-id \(UUID())",
            "tenant add-subscription --sku ENTERPRISEPACK --seats 5 --source Reseller",
        ] {
            #expect(await run(line).exitCode == 64, "\(line)")
        }
        #expect(await run("redeem --token T1 --tenant contoso.com --yes").exitCode == 0)
        #expect(await run("tenant show").output.contains("contoso.com"))
        #expect(await run("seat assign anna@contoso.com --sku ENTERPRISEPACK").exitCode == 0)
        #expect(await run("user switch anna@contoso.com --to on-premises").exitCode == 0)
        #expect(await run("user switch anna@contoso.com --to cloud").exitCode == 0)
        #expect(await run("seat list --fields consumedUnits -o csv").output == "consumedUnits\n1\n")
        #expect(await run("seat release anna@contoso.com --sku ENTERPRISEPACK").exitCode == 0)
        #expect(await run("token reveal T1 --raw").output == "XKB4C-T9V2M-QH7RD-6WJ3P-8FGYK\n")
        #expect(await run("token reveal T1 --raw -o json").exitCode == 64)
    }
}
