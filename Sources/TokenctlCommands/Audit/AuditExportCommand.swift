import ArgumentParser

struct AuditExportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export ledgers for another program to verify.",
        discussion: """
            Prints one JSON object a line, whatever the output format: a header, the rows with the texts that their hashes \
            are over, and an end with the head. registry(5) describes the format. Only root and the registry's own user \
            may export all ledgers; an organisation's administrator may export its ledger, with --org.
            """
    )

    @Option(help: ArgumentHelp("Only this organisation's ledger.", valueName: "org"))
    var org: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        var export = LedgerExport(of: org)
        try await export.run(in: shell) { shell.terminal.write($0) }
    }
}
