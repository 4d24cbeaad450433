import ArgumentParser
import Registry
import RegistryEngines

struct RegistryCopyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy the registry to another place, such as a PostgreSQL server, and close it here.",
        discussion: """
            Everything goes: every row, the sealed codes, the ledgers and their seals, so that every hash is the same there. \
            Each table of the copy is held against the registry's, and the copy is checked as 'tokenctl check' does, before \
            anything is closed. The place has to be empty.

            Then the registry here is closed for ever: its ledger's last row says where it went, every later write is \
            refused with that place, and reading goes on. A daemon may go on running; what is written meanwhile waits or is \
            refused. Whatever stops it, run the same command again.

            The key goes too: into the directory, or for a PostgreSQL server into --to-key FILE on this host, unless it is \
            there. Give the other hosts a copy of it.
            """
    )

    @Option(help: ArgumentHelp("A directory, or the address of a PostgreSQL server.", valueName: "place"))
    var to: String

    @Option(
        help: ArgumentHelp("Where this host keeps the key of the copy on a PostgreSQL server.", valueName: "file"),
        completion: .file()
    )
    var toKey: String?

    @Flag(help: "Look whether there is room and whether all is sound, and write nothing.")
    var dryRun = false

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard !to.isEmpty else { throw UsageError("The place to copy to is empty.") }
        let source = try await shell.registryPlaceInUse()
        let target = shell.place(to, key: toKey)
        if case .directory = target, toKey != nil {
            throw UsageError("--to-key is for a PostgreSQL server; a directory keeps its key in registry.key.")
        }
        if !dryRun, !confirmation.yes {
            try shell.confirm(
                Confirmation(
                    "The registry at \(source) is copied to \(target), and closed for ever: whatever is recorded from then "
                        + "on goes there.",
                    typing: "copy"
                )
            )
        }
        let answer = try await source.copy(
            to: target,
            as: Shell.localCaller(source),
            clock: shell.clock,
            requestID: shell.options().requestID,
            isDryRun: dryRun,
            onNotice: shell.notice
        )
        shell.printer.print(Performed(answer, isDryRun: dryRun))
        guard !dryRun else { return }
        shell.note("The registry is at \(target) now: name it with --registry, in the settings and for tokend.")
    }
}

extension CopyRegistry.Answer: Row {
    static let rowStyle = RowStyle(headings: ["seal": "LAST SEAL", "head": "LEDGER HEAD"])
}
