import Foundation
import Testing

@testable import TokenctlCommands

@Suite("The doctor of a machine's set-up")
struct DoctorTests {
    private let stage = Stage()

    private struct Told: Decodable {
        let check: String
        let state: String
        let detail: String
        let run: String?
    }

    private func told() async throws -> [Told] {
        let outcome = await stage.run(["doctor", "-o", "json"])
        #expect(outcome.exitCode == 0)
        return try JSONDecoder().decode([Told].self, from: Data(outcome.output.utf8))
    }

    @Test("Where there is no registry it says how to create one, and --detailed-exitcode tells")
    func missing() async throws {
        let symptom = try #require(try await told().first { $0.check == "registry" })
        #expect(symptom.state == "wrong")
        #expect(symptom.detail == "There is no registry in DIR/registry.")
        #expect(symptom.run == "tokenctl init --registry DIR/registry")
        #expect(await stage.run(["doctor", "--detailed-exitcode"]).exitCode == 10)
        #expect(await stage.run(["doctor"]).output.contains("WRONG"))
    }

    @Test("A sound registry is nobody's worry, twice")
    func sound() async throws {
        await stage.run(["init", "-q"])
        await stage.run(["org", "add", "Contoso", "--id", "contoso", "--country", "DE", "-q"])
        for _ in 1...2 {
            #expect(try await told().filter { $0.state == "wrong" }.map(\.detail).isEmpty)
            #expect(await stage.run(["doctor", "--detailed-exitcode"]).exitCode == 0)
        }
    }

    @Test("What others can get at is named with its cure, and not changed")
    func exposed() async throws {
        await stage.run(["init", "-q"])
        let key = "\(stage.directory)/registry/registry.key"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let symptom = try #require(try await told().first { $0.check == "modes" })
        #expect(symptom.state == "wrong")
        #expect(symptom.run == "chmod go= DIR/registry/registry.key")
        let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
        #expect(mode == 0o644)
    }

    @Test("A key that is gone, and a clock before the ledger's last row")
    func keyAndClock() async throws {
        await stage.run(["init", "-q"])
        stage.clock.move(to: "2026-02-01")
        let clock = try #require(try await told().first { $0.check == "clock" && $0.state == "wrong" })
        #expect(clock.detail.contains("the ledger has a row of 2026-03-02"))
        try FileManager.default.removeItem(atPath: "\(stage.directory)/registry/registry.key")
        let key = try #require(try await told().first { $0.check == "registry" })
        #expect(key.state == "wrong")
        #expect(key.detail.contains("registry.key"))
    }

    @Test("A configuration file that cannot be read is told, and does not keep the doctor away")
    func settings() async throws {
        _ = try stage.file("x", "")
        let directory = "\(stage.directory)/.config/tokenctl"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try "nonsense\n".write(toFile: "\(directory)/config", atomically: true, encoding: .utf8)
        #expect(try await told().first?.check == "settings")
    }

    @Test("Units: none, those of this version, one whose program is gone, one that differs, and switched off")
    func units() throws {
        let root = "\(stage.directory)/root"
        func symptoms() -> [Symptom] { UnitDoctor(environment: ["HOME": "/home/ann"], root: root).symptoms() }
        #expect(symptoms().map(\.detail) == ["systemd does not run here."])
        let units = "\(root)/etc/systemd/system"
        for directory in ["\(root)/run/systemd/system", "\(units)/multi-user.target.wants", "\(root)/usr/bin"] {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        }
        #expect(symptoms().map(\.run) == ["tokenctl setup systemd"])

        let unit = SystemdUnits(prefix: "/usr", isForUser: false).all[0]
        try unit.text.write(toFile: "\(units)/\(unit.name)", atomically: true, encoding: .utf8)
        #expect(symptoms().map(\.state) == [.wrong, .note])
        #expect(symptoms().first?.detail.contains("runs /usr/bin/tokend, which is not there") == true)

        try "".write(toFile: "\(root)/usr/bin/tokend", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(root)/usr/bin/tokend")
        #expect(symptoms().map(\.run) == ["systemctl enable --now tokend.service"])

        try FileManager.default.createSymbolicLink(
            atPath: "\(units)/multi-user.target.wants/\(unit.name)",
            withDestinationPath: "../\(unit.name)"
        )
        #expect(symptoms().map(\.state) == [.ok])

        try (unit.text + "# mine\n").write(toFile: "\(units)/\(unit.name)", atomically: true, encoding: .utf8)
        #expect(symptoms().map(\.state) == [.note])
        #expect(
            symptoms().first?.run?.hasPrefix("tokenctl setup systemd --prefix /usr --unit tokend.service | diff ")
                == true
        )
    }

    @Test("Words of a command that is told are quoted where a shell would take them for something else")
    func quoted() {
        #expect(ShellWord.quoted("/var/lib/tokenctl") == "/var/lib/tokenctl")
        #expect(ShellWord.quoted("a b") == "'a b'")
        #expect(ShellWord.quoted("it's; rm") == "'it'\\''s; rm'")
        #expect(ShellWord.quoted("") == "''")
    }
}
