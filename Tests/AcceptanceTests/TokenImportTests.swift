import Foundation
import Testing

@Suite("tokenctl token import, all or nothing")
struct TokenImportTests {
    let sandbox: Sandbox

    init() async throws {
        sandbox = try Sandbox()
        try await sandbox.json("org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE")
        try await sandbox.json(
            "enrollment",
            "add",
            "contoso",
            "--program",
            "gold-competency",
            "--start",
            "2026-01-15",
            "--id",
            "E1",
            "--tokens",
            "none"
        )
    }

    private func importing(_ text: String, encoding: String.Encoding = .utf8) async throws -> Sandbox.Outcome {
        let file = "\(sandbox.directory)/tokens.csv"
        try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: file))
        return try await sandbox.tokenctl("token", "import", file, "--enrollment", "E1", "-o", "json")
    }

    private var tokenCount: Int {
        get async throws { try await sandbox.json("token", "list", "contoso").list.count }
    }

    @Test("A file with a BOM, semicolons, CRLF and columns in another order is read")
    func spreadsheetFile() async throws {
        let codes = TokenFile.codes(2, seed: 1)
        let outcome = try await importing(
            "\u{FEFF}SKU;Seats;Code;Note\r\nENTERPRISEPACK;25;\(codes[0].lowercased());x\r\nenterprisepack;10;\"\(codes[1])\";\r\n"
        )
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        #expect(outcome.json["tokens"] as? Int == 2)
        #expect(outcome.json["seats"] as? Int == 35)
        #expect(try await tokenCount == 2)
    }

    @Test("Every bad row is named with its line, column and reason, and nothing is imported")
    func badRows() async throws {
        let codes = TokenFile.codes(4, seed: 2)
        let outcome = try await importing(
            """
            code,sku,seats
            \(codes[0]),ENTERPRISEPACK,25
            \(codes[0]),ENTERPRISEPACK,25
            \(codes[1]),NO_SUCH_SKU,25
            \(codes[2]),ENTERPRISEPACK,-1
            ABCDE,ENTERPRISEPACK,25
            \(codes[3]),ENTERPRISEPACK

            """
        )
        #expect(outcome.exitCode == 65)
        let problems = try #require(outcome.problem["problems"] as? [[String: Any]])
        #expect(problems.map { $0["row"] as? Int } == [3, 4, 5, 6, 7])
        #expect(problems.map { $0["column"] as? String } == ["code", "sku", "seats", "code", nil])
        #expect((problems[0]["detail"] as? String)?.contains("line 2") == true)
        #expect(outcome.problem["row"] as? Int == 3)
        #expect(!outcome.error.contains(codes[0]))
        #expect(try await tokenCount == 0)
    }

    @Test("A code that the registry holds already is named with its token")
    func duplicateOfRegistry() async throws {
        let codes = TokenFile.codes(2, seed: 3)
        #expect(try await importing(TokenFile.text([codes[0]])).exitCode == 0)
        let outcome = try await importing(TokenFile.text(codes))
        #expect(outcome.exitCode == 65)
        #expect(outcome.error.contains("token T1"))
        #expect(try await tokenCount == 1)
    }

    @Test("A file is read in UTF-16 and Windows-1252, with commas, semicolons or tabs")
    func encodings() async throws {
        let codes = TokenFile.codes(2, seed: 9)
        #expect(
            try await importing("code\tsku\tseats\n\(codes[0])\tENTERPRISEPACK\t10\n", encoding: .utf16).exitCode == 0
        )
        let western = "code;sku;seats;Gerät\n\(codes[1]);ENTERPRISEPACK;10;Müller\n"
        #expect(try await importing(western, encoding: .windowsCP1252).exitCode == 0)
        #expect(try await tokenCount == 2)
    }

    @Test("A letter that no code has, a missing column and an empty file are told as such")
    func unreadableFiles() async throws {
        let latin = try await importing("code,sku,seats\nB\u{E4}DFG,ENTERPRISEPACK,25\n", encoding: .isoLatin1)
        #expect(latin.exitCode == 65)
        #expect(
            latin.error.contains("\"row\" : 2") || latin.error.contains("line 2") || latin.error.contains("\"row\":2")
        )
        let column = try await importing("code,seats\nX,1\n")
        #expect(column.exitCode == 65)
        #expect(column.error.contains("sku"))
        #expect(try await importing("").exitCode == 65)
    }

    @Test("A code outside Microsoft's alphabet is taken as it is, with a warning")
    func alphabetWarning() async throws {
        let outcome = try await importing("code,sku,seats\n0BCDF-GHJKM-PQRTV-WXY23-46789,ENTERPRISEPACK,25\n")
        #expect(outcome.exitCode == 0)
        #expect(outcome.error.contains("0 or O"))
        #expect((outcome.json["warnings"] as? [Any])?.count == 1)
    }

    @Test("A dry run checks the whole file and imports nothing")
    func dryRun() async throws {
        let file = "\(sandbox.directory)/tokens.csv"
        try TokenFile.text(TokenFile.codes(3, seed: 4)).write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try await sandbox.json("token", "import", file, "--enrollment", "E1", "--dry-run")
        #expect(outcome.json["tokens"] as? Int == 3)
        #expect(outcome.json["dryRun"] as? Bool == true)
        #expect(try await tokenCount == 0)
    }
}
