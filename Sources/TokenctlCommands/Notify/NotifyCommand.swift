import ArgumentParser
import Glibc
import Registry
import RegistryAPI

struct NotifyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Tell once what is new of what lapses, runs out or is wrong.",
        discussion: """
            For a timer: what 'tokenctl status' shows and was not told before, or was told as less grave, as text, JSON or \
            a calendar file (RFC 5545). With --command, or notify-command in the configuration, a shell runs that command \
            with it on standard input, only where there is something new; else it is printed. What the command did not take \
            is told again the next time.

              tokenctl notify --command 'mail -s "Cloud tokens" admin@example.com'
              tokenctl notify --format json --command 'curl --fail-with-body -d @- https://hooks.example.com/tokens'

            What was told is kept in --state FILE. --textfile FILE writes figures of all that there is to tell, for the \
            textfile collector of Prometheus' node-exporter, replacing the file as a whole.
            """
    )

    @Argument(help: ArgumentHelp("The organisation's id (default: all).", valueName: "org"))
    var organization: String?

    @OptionGroup var notices: NoticeOptions

    @Option(
        help: ArgumentHelp("text (default), json or ical.", valueName: "format"),
        completion: Format.completion,
        transform: Format.chosen
    )
    var format: Format = .text

    @Option(help: ArgumentHelp("A command for the shell that takes it on standard input.", valueName: "command"))
    var command: String?

    @Option(help: ArgumentHelp("Where it is kept what was told.", valueName: "file"))
    var state: String?

    @Option(help: ArgumentHelp("Also write figures for node-exporter to this file.", valueName: "file"))
    var textfile: String?

    @Option(help: ArgumentHelp("Tell that this unit of systemd failed, and nothing else.", valueName: "unit"))
    var failure: String?

    @Flag(name: .customLong("dry-run"), help: "Print what would be told; run no command, and keep nothing.")
    var isDryRun = false

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 10 if something was told.")
    var detailedExitCode = false

    @OptionGroup var global: GlobalOptions

    enum Format: String, CommandLineChoice {
        case text
        case json
        case ical
    }

    func validate() throws {
        if global.output != nil { throw ValidationError("notify takes --format text, json or ical; leave -o out.") }
    }

    func run(in shell: Shell) async throws {
        if let failure { return try tell(failureOf: failure, in: shell) }
        let registry = try await shell.call(ShowStatus.self, [:]).registry
        let told = try ToldNotices(at: state ?? ToldNotices.path(shell.environment))
        let fields = notices.fields(of: organization, shell.global.settings)
        let found = try await shell.notices(fields).told
        let news = found.compactMap { organization -> OrganizationNoticesResource? in
            let new = told.news(among: organization.notices, of: registry)
            return new.isEmpty ? nil : organization.telling(new)
        }
        if let textfile, !isDryRun {
            let metrics = NoticeMetrics(organizations: found, now: shell.clock.now())
            try ReplacedFile.write(metrics.text, to: textfile, mode: 0o644)
        }
        try deliver(news, in: shell)
        guard !isDryRun else { return }
        let kinds = Set(fields["tell"].items.map(\.cellText))
        try told.keep(found.flatMap(\.notices), of: registry, at: shell.clock.now()) { kind, organization in
            (kinds.isEmpty || kinds.contains(kind)) && (self.organization ?? organization) == organization
        }
        if detailedExitCode, !news.isEmpty { throw ExitStatus(code: 10) }
    }

    private func deliver(_ news: [OrganizationNoticesResource], in shell: Shell) throws {
        let notices = news.flatMap(\.notices)
        guard !isDryRun, let delivery = delivery(in: shell) else {
            return shell.terminal.write(NoticeText(news, clock: shell.clock).text(as: format, for: shell.terminal))
        }
        guard let gravest = notices.map(\.severity).min() else { return }
        try delivery.deliver(
            NoticeText(news, clock: shell.clock).text(as: format, for: nil),
            ["TOKENCTL_NOTICES": String(notices.count), "TOKENCTL_SEVERITY": gravest.rawValue]
        )
    }

    private func delivery(in shell: Shell) -> NoticeDelivery? {
        let command = command ?? shell.global.settings[.notifyCommand]
        return command.map { NoticeDelivery(command: $0, environment: shell.environment) }
    }

    /// What `OnFailure=` of a unit runs: it asks no registry, since that may be what failed.
    private func tell(failureOf unit: String, in shell: Shell) throws {
        var name = utsname()
        uname(&name)
        let host = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let text = "\(unit.escaped) failed on \(host.escaped). Look at: journalctl -u \(ShellWord.quoted(unit.escaped))"
        let line =
            switch format {
            case .text: text + "\n"
            case .json: Printer.compactJSON(["failedUnit": unit.escaped, "host": host.escaped, "text": text]) + "\n"
            case .ical: throw UsageError("A failure has no day in a calendar; use --format text or json.")
            }
        guard !isDryRun, let delivery = delivery(in: shell) else {
            let prefix = shell.terminal.isOutputJournal ? JournalStream.Priority.error.prefix : ""
            return shell.terminal.write(prefix + line)
        }
        try delivery.deliver(line, ["TOKENCTL_NOTICES": "1", "TOKENCTL_SEVERITY": NoticeSeverity.error.rawValue])
    }
}
