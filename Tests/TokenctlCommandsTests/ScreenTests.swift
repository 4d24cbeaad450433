import ArgumentParser
import RegistryAPI
import Synchronization
import Testing

@testable import Registry
@testable import TokenctlCommands

@Suite("What reaches a screen")
struct ScreenTests {
    private static let hostile = "x\u{1B}]0;t\u{7}\u{9B}31m\u{202E}\u{200B}\u{2028}y"

    private static func isClean(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0 != "\n" && $0.isUnseen }
    }

    /// Every command that does something, by its words.
    private static func commands(_ command: any ParsableCommand.Type, _ path: [String]) -> [[String]] {
        let subcommands = command.configuration.subcommands
        if subcommands.isEmpty { return [path] }
        return subcommands.flatMap { commands($0, path + [$0._commandName]) }
    }

    @Test("No command repeats an unseen character of its arguments, in any form of output")
    func arguments() async throws {
        let stage = Stage()
        await stage.run(["init"])
        for command in Self.commands(Tokenctl.self, []) {
            // A file that it makes belongs in the test's directory.
            let word = command == ["backup"] ? "\(stage.directory)/\(Self.hostile)" : Self.hostile
            for count in 0...3 {
                for format in ["table", "json"] {
                    let arguments = command + Array(repeating: word, count: count) + ["-o", format]
                    let outcome = await stage.run(arguments)
                    #expect(Self.isClean(outcome.output), "\(arguments): \(outcome.output.escaped)")
                    #expect(Self.isClean(outcome.error), "\(arguments): \(outcome.error.escaped)")
                }
            }
            let outcome = await stage.run(command + ["--\(Self.hostile)"])
            #expect(outcome.exitCode == 64)
            #expect(Self.isClean(outcome.error), "\(command): \(outcome.error.escaped)")
        }
    }

    private struct Row: Codable, TokenctlCommands.Row {
        let text: String

        static let rowStyle = RowStyle()
    }

    @Test("Nothing that prints lets an unseen character through", arguments: OutputFormat.allCases)
    func printers(_ format: OutputFormat) async throws {
        let terminal = StageTerminal(answers: [])
        let printer = Printer(format: format, terminal: terminal)
        printer.print(Row(text: Self.hostile))
        try printer.print(list: [Row(text: Self.hostile)])
        try printer.print(cards: [Row(text: Self.hostile)])
        var list = try Printer.PrintedList<Row>(printer: printer)
        list.add([Row(text: Self.hostile)])
        try list.finish()
        var global = try GlobalOptions.parse([])
        global.output = OutputChoice(rawValue: format.rawValue)
        let shell = Shell(
            terminal: terminal,
            environment: [:],
            clock: StageClock(),
            randomness: StageRandomness(),
            global: Shell.GlobalSettings(global, terminal: terminal)
        )
        shell.note(Self.hostile)
        shell.notice(Self.hostile)
        _ = shell.ask(Self.hostile, default: Self.hostile)
        try? shell.confirm(Confirmation(Self.hostile, typing: Self.hostile))
        let reporter = ProblemReporter(terminal: terminal, isJSON: format == .json)
        let problem = InputProblem(row: 1, column: Self.hostile, code: .inputInvalid, detail: Self.hostile)
        _ = reporter.report(
            Problem(Refusal(.inputInvalid, Self.hostile + "!", inputProblems: [problem]), requestID: "r")
        )
        _ = reporter.report(UsageError(Self.hostile, hint: Self.hostile))
        _ = reporter.reportUsage(Self.hostile, Self.hostile)
        _ = reporter.reportUnforeseen(UsageError(Self.hostile), requestID: "r")
        let written = terminal.written.withLock { $0 }
        #expect(Self.isClean(written.output), "\(written.output.escaped)")
        #expect(Self.isClean(written.error), "\(written.error.escaped)")
    }

    @Test("A name that begins like a formula leaves as text in CSV, and is imported as it was")
    func formulas() async throws {
        let stage = Stage()
        await stage.run(["init"])
        await stage.run(["org", "add", "=1+1", "--id", "contoso", "--country", "DE"])
        await stage.run([
            "enrollment", "add", "contoso", "--program", "silver-competency", "--start", "2026-01-15", "--id", "E1",
        ])
        #expect(await stage.run(["org", "list", "-o", "csv"]).output.contains(",'=1+1,"))
        let code = "BCDFG-HJKMP-QRTVW-XY234-6789B"
        let file = try stage.file("keys.csv", "key,product,activations\n\(code),'=HYPERLINK(1),5\n")
        #expect(await stage.run(["key", "import", file, "--enrollment", "E1"]).exitCode == 0)
        let json = await stage.run(["key", "list", "contoso", "-o", "json"]).output
        #expect(json.contains(#""product" : "=HYPERLINK(1)""#), "\(json)")
        #expect(await stage.run(["key", "list", "contoso", "-o", "csv"]).output.contains(",'=HYPERLINK(1),"))
    }
}
