import ArgumentParser

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The registry's directory, or the address of its PostgreSQL server.", valueName: "dir"))
    var registry: String?

    @Option(
        name: .customLong("key"),
        help: ArgumentHelp("The key of a registry on a PostgreSQL server.", valueName: "file"),
        completion: .file()
    )
    var keyFile: String?

    @Option(help: ArgumentHelp("The daemon's socket.", valueName: "path"))
    var socket: String?

    @Flag(help: "Open the registry directly, even when a daemon is running.")
    var local = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "table (default), wide, json, csv or ndjson; wide is a table with all of CSV's columns.",
            valueName: "format"
        ),
        completion: OutputChoice.completion,
        transform: OutputChoice.chosen
    )
    var output: OutputChoice?

    @Flag(help: "Print CSV as Excel opens it: a byte order mark, a line sep=, and CRLF.")
    var excel = false

    @Option(help: ArgumentHelp("Use this profile of the configuration file.", valueName: "name"))
    var profile: String?

    @Flag(help: "Ask no questions, even at a terminal.")
    var noInput = false

    @Flag(name: .shortAndLong, help: "Print data and errors only.")
    var quiet = false

    init() {}

    func validate() throws {
        guard excel, let output, output != .csv else { return }
        throw ValidationError("--excel is CSV, and not -o \(output.rawValue).")
    }
}

enum OutputFormat: String, CaseIterable, Sendable {
    case table
    case json
    case csv
    case ndjson
}

/// What `-o` takes.
enum OutputChoice: String, CommandLineChoice {
    case table
    case wide
    case json
    case csv
    case ndjson

    var format: OutputFormat { OutputFormat(rawValue: rawValue) ?? .table }
}

/// The options of every command that changes something.
struct WriteOptions: ParsableArguments {
    @Flag(name: .customLong("dry-run"), help: "Check and answer as if it were done, but write nothing.")
    var isDryRun = false

    @Option(help: ArgumentHelp("The same key and request return the first answer again.", valueName: "key"))
    var idempotencyKey: String?

    @Option(
        name: .customLong("override"),
        help: ArgumentHelp(
            "Override this rule, R12 or R37; the ledger records it where it made a difference.",
            valueName: "rule"
        )
    )
    var overrides: [String] = []

    init() {}
}
