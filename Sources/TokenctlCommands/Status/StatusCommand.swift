import ArgumentParser
import Registry
import RegistryAPI

struct StatusCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the registry's state, and what lapses, runs out or is wrong.",
        discussion: """
            Of one organisation, or of all that you may see the statement of: seats that lapse and who loses one, tokens that \
            nobody redeemed and their last day, renewals, countries near a maximum, users without a licensed seat, seats \
            that are idle before a renewal, over-use, keys with few activations left, replacements that are possible for the \
            last days, and enrollments that rest on something that ended. Only what truly ends is told: a redeemed successor \
            silences its predecessor. -o wide tells all of it, each with the command that helps.

            What is set decides from when on something is told, and of what: see 'tokenctl config'.
            """
    )

    @Argument(help: ArgumentHelp("The organisation's id (default: all).", valueName: "org"))
    var organization: String?

    @OptionGroup var notices: NoticeOptions

    @Flag(help: "Show it again whenever it changes, until it is interrupted.")
    var follow = false

    @Option(help: ArgumentHelp("With --follow: seconds between two looks, 1 to 3600.", valueName: "seconds"))
    var every = 10

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 10 if there are errors or warnings.")
    var detailedExitCode = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (1...3600).contains(every) else { throw ValidationError("--every takes seconds from 1 to 3600.") }
        if follow, detailedExitCode { throw ValidationError("--follow does not end; leave --detailed-exitcode out.") }
    }

    func run(in shell: Shell) async throws {
        if follow { try await follow(in: shell) }
        let report = try await report(in: shell)
        shell.terminal.write(text(report, in: shell))
        if let obstacle = report.status.obstacle { shell.notice(obstacle) }
        if detailedExitCode, report.counts.isDue { throw ExitStatus(code: 10) }
    }

    private func report(in shell: Shell) async throws -> StatusReport {
        let status = try await shell.call(ShowStatus.self, [:])
        let found = try await shell.notices(notices.fields(of: organization, shell.global.settings))
        return StatusReport(status: status, organizations: found.told, silent: found.silent)
    }

    private func text(_ report: StatusReport, in shell: Shell) -> String {
        switch shell.global.format {
        case .json: Printer.json(report) + "\n"
        case .ndjson: Printer.compactJSON(report) + "\n"
        case .csv: shell.printer.csv(of: report)
        case .table: report.text(for: shell.terminal, isWide: shell.global.isWide)
        }
    }

    /// A terminal is cleared before each; elsewhere one follows another, JSON as a line each.
    private func follow(in shell: Shell) async throws -> Never {
        guard shell.global.format == .table || shell.global.format == .ndjson else {
            throw UsageError("--follow shows text, or a line of JSON each time: -o ndjson.")
        }
        var last: String?
        while true {
            let now = text(try await report(in: shell), in: shell)
            if now != last {
                let clears = shell.terminal.isOutputTerminal && shell.global.format == .table
                shell.terminal.write(
                    (clears ? "\u{1B}[H\u{1B}[2J" : last == nil || shell.global.format != .table ? "" : "\n") + now
                )
                last = now
            }
            try await Task.sleep(for: .seconds(every))
        }
    }
}
