import Foundation
import Testing

@Suite("Codes are secrets")
struct SecretsTests {
    @Test("No code is in any file of the registry, nor in any output but the reveal's")
    func noCodeAnywhere() async throws {
        let sandbox = try Sandbox()
        let minted = try await sandbox.makeContoso()
        let imported = TokenFile.codes(1, seed: 11)[0]
        let file = "\(sandbox.directory)/tokens.csv"
        try TokenFile.text([imported]).write(toFile: file, atomically: true, encoding: .utf8)
        var printed = ""
        for arguments in [
            ["token", "import", file, "--enrollment", "E1"],
            ["token", "import", file, "--enrollment", "E1", "--override", "R12"],
            ["token", "import", file, "--enrollment", "E1", "-o", "json"],
            ["redeem", minted, "--tenant", "contoso.onmicrosoft.com", "--yes"],
            ["redeem", minted, "--tenant", "contoso.onmicrosoft.com", "--yes", "-o", "json"],
            ["redeem", imported + "X", "--tenant", "contoso.onmicrosoft.com", "--yes"],
            ["token", "list", "contoso", "-o", "csv"],
            ["token", "show", "T2", "-o", "ndjson"],
            ["audit", "log", "-o", "json"],
            ["enrollment", "show", "E1", "-o", "json"],
        ] {
            let outcome = try await sandbox.tokenctl(arguments)
            printed += outcome.output + outcome.error
        }
        try FileManager.default.removeItem(atPath: file)
        var files = Data(printed.utf8)
        for name in try FileManager.default.contentsOfDirectory(atPath: sandbox.registry) {
            files.append(try Data(contentsOf: URL(fileURLWithPath: "\(sandbox.registry)/\(name)")))
        }
        if let log = FileManager.default.contents(atPath: "\(sandbox.directory)/tokend.log") { files.append(log) }
        #expect(files.count > 100_000)
        for code in [minted, imported] {
            let plain = code.replacing("-", with: "")
            for form in [code, plain, code.lowercased(), plain.lowercased(), String(plain.prefix(20))] {
                #expect(files.range(of: Data(form.utf8)) == nil)
            }
        }
    }
}
