import Foundation
import Testing

/// A code in every argument and option of every command where none belongs. Made from the tree of commands, so that none
/// is forgotten.
@Suite("Codes in the wrong place")
struct MisplacedCodeTests {
    private static let code = "XKB4C-T9V2M-QH7RD-6WJ3P-BCDFG"
    private static let forms = [
        code, code.lowercased(), code.replacingOccurrences(of: "-", with: ""),
        code.replacingOccurrences(of: "-", with: " "),
        "user:\(code)", "\(code)@contoso.com", "\(code).onmicrosoft.com", "T\u{20}\(code)",
    ]

    /// What stands for the other arguments of a command, by the name of their value.
    private static let values = [
        "org": "contoso", "enr": "E1", "token": "T1", "tenant": "contoso.onmicrosoft.com", "key": "K1",
        "user": "anna@contoso.onmicrosoft.com", "principal": "user:alice", "permission": "keys",
        "sku": "ENTERPRISEPACK",
        "product": "office-suite", "program": "silver-competency", "date": "2026-03-02", "country": "DE", "n": "5",
        "domain": "new.onmicrosoft.com", "upn": "admin@new.onmicrosoft.com", "name": "New", "id": "new", "loc": "hq",
        "amount": "120.00", "cents": "100", "text": "Reseller", "guid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "rule": "R31", "question": "may we move seats", "new-version": "2019", "machine": "pc",
    ]

    private struct Tree: Decodable {
        let command: Command
    }

    private struct Command: Decodable {
        let commandName: String
        let subcommands: [Command]?
        let arguments: [Argument]?

        func leaves(_ path: [String] = []) -> [(path: [String], arguments: [Argument])] {
            guard let subcommands, !subcommands.isEmpty else { return [(path, arguments ?? [])] }
            return subcommands.flatMap { $0.leaves(path + [$0.commandName]) }
        }
    }

    private struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let isOptional: Bool
        let valueName: String?
        let preferredName: Name?

        var isGlobal: Bool { ["registry", "socket", "output"].contains(preferredName?.name ?? "") && kind == "option" }
        var isFile: Bool { ["dir", "path", "file"].contains(valueName ?? "") }

        func words(_ value: String) -> [String] {
            guard kind != "positional", let preferredName else { return [value] }
            return [(preferredName.kind == "long" ? "--" : "-") + preferredName.name, value]
        }
    }

    /// The command lines of one command with a code in one place of each.
    private static func lines(_ path: [String], _ arguments: [Argument], in directory: String, turn: inout Int)
        -> [[String]]
    {
        let confirmation = arguments.contains { $0.preferredName?.name == "yes" } ? ["--yes"] : []
        // A file that a command makes belongs in the test's directory.
        let first = arguments.first { $0.kind == "positional" }?.isFile == true ? "\(directory)/\(code)" : code
        var lines = [path + [first], path + ["--\(code)"], path + ["-\(code)"]]
        for (index, target) in arguments.enumerated() where target.kind != "flag" {
            turn += 1
            for form in [forms[0], forms[1 + turn % (forms.count - 1)]] {
                var words = path
                for (other, argument) in arguments.enumerated() where argument.kind != "flag" {
                    if other == index {
                        words += argument.words(argument.isFile ? "\(directory)/\(form)" : form)
                    } else if !argument.isOptional || argument.kind == "positional" {
                        words += argument.words(
                            argument.isFile || argument.valueName == "place"
                                ? "\(directory)/none" : values[argument.valueName ?? ""] ?? "1"
                        )
                    }
                }
                lines.append(words + confirmation)
            }
        }
        return lines
    }

    @Test("R15: a code in any argument of any command is in no output, nor in the registry or a backup of it")
    func everyArgument() async throws {
        let stage = Stage()
        for line in [
            "init", "org add Contoso --id contoso --country DE",

            "enrollment add contoso --program silver-competency --start 2026-01-15 --id E1 --tokens mint",
            "tenant signup contoso --domain contoso.onmicrosoft.com --admin admin@contoso.onmicrosoft.com --on 2026-01-15",
        ] {
            let outcome = await stage.run(line.split(separator: " ").map(String.init))
            #expect(outcome.exitCode == 0, "\(outcome.error)")
        }
        let dump = await stage.run(["--experimental-dump-help"]).output
        let tree = try JSONDecoder().decode(Tree.self, from: Data(dump.utf8))
        var turn = 0
        var count = 0
        var masked = 0
        for (place, leaf) in tree.command.leaves().enumerated() {
            let (path, all) = leaf
            // The options of every command need be tried with one alone.
            let arguments = place == 0 ? all : all.filter { !$0.isGlobal }
            for line in Self.lines(path, arguments, in: stage.directory, turn: &turn) {
                count += 1
                let outcome = await stage.run(line + (count.isMultiple(of: 2) ? ["-o", "json"] : []))
                #expect(!outcome.error.contains("Internal error"), "\(line): \(outcome.error)")
                #expect(!Self.holdsCode(Data(outcome.output.utf8)), "\(line): \(outcome.output)")
                #expect(!Self.holdsCode(Data(outcome.error.utf8)), "\(line): \(outcome.error)")
                if outcome.error.contains("•") { masked += 1 }
            }
        }
        #expect(count > 500)
        #expect(masked > 200)
        let backup = await stage.run(["backup", "\(stage.directory)/backup.db"])
        #expect(backup.exitCode == 0, "\(backup.error)")
        for path in ["registry/registry.db", "backup.db"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(stage.directory)/\(path)"))
            #expect(!bytes.isEmpty)
            #expect(!Self.holdsCode(bytes), "\(path)")
        }
    }

    @Test("R15: a reveal shows its code, and masks one that was typed in place of the token")
    func reveal() async throws {
        let stage = Stage()
        for line in [
            "init", "org add Contoso --id contoso --country DE",
            "enrollment add contoso --program silver-competency --start 2026-01-15 --id E1 --tokens mint",
        ] {
            await stage.run(line.split(separator: " ").map(String.init))
        }
        #expect(await stage.run(["token", "reveal", "T1"]).output.contains(/([A-Z0-9]{5}-){4}[A-Z0-9]{5}/))
        let outcome = await stage.run(["token", "reveal", Self.code])
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains("•••••-•••••-•••••-•••••-BCDFG"))
    }

    /// Whether the code's first four groups stand there, whatever separates them.
    private static func holdsCode(_ bytes: Data) -> Bool {
        let letters = bytes.compactMap { byte -> UInt8? in
            switch byte {
            case 0x30...0x39, 0x41...0x5A: byte
            case 0x61...0x7A: byte - 32
            default: nil
            }
        }
        return Data(letters).range(of: Data("XKB4CT9V2MQH7RD6WJ3P".utf8)) != nil
    }
}
