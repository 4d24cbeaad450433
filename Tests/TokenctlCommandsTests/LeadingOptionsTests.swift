import ArgumentParser
import Testing

@testable import TokenctlCommands

@Suite("Options before the noun")
struct LeadingOptionsTests {
    /// The options of a command that has none of its own, each with a value where it takes one.
    private var options: [[String]] {
        Bare.helpMessage().split(separator: "\n").compactMap { line in
            guard let match = line.firstMatch(of: /^ +(?:-\w, )?(--[a-z-]+)( <)?/) else { return nil }
            guard match.1 != "--help", match.1 != "--version" else { return nil }
            return [String(match.1)] + (match.2 == nil ? [] : ["value"])
        }
    }

    private struct Bare: ParsableCommand {
        @OptionGroup var global: GlobalOptions
    }

    @Test("Each option that every command takes may stand there")
    func all() {
        #expect(options.contains(["--key", "value"]) && options.contains(["--local"]))
        for option in options {
            #expect(LeadingOptions.moved(in: option + ["org", "list"]) == ["org", "list"] + option)
        }
    }
}
