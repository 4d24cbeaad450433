import ArgumentParser
import Registry
import RegistryEngines

struct AuditAcceptClockCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-clock",
        abstract: "Go on under a clock that is far from the latest row of the ledgers.",
        discussion: """
            Nothing is recorded while the clock is more than 5 minutes before the latest row of the ledgers, or more \
            than 2 years after it: a wrong clock would void tokens and begin grants in the wrong year. When the clock is right (a \
            registry may have slept, or that row was written under a wrong clock), this names the reason in the ledger, \
            and work goes on.
            """
    )

    @Option(help: ArgumentHelp("Why the clock is right; the ledger keeps it.", valueName: "text"))
    var reason: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let place = try await shell.registryPlaceInUse()
        let registry = try place.open(onNotice: shell.notice)
        defer { registry.close() }
        let service = RegistryService(
            store: registry,
            clock: shell.clock,
            randomness: shell.randomness,
            secrets: registry.secrets
        )
        let caller = Shell.localCaller(place)
        shell.printer.print(
            try await service.perform(AcceptClock(reason: reason), as: caller, options: shell.options())
        )
    }
}

extension AcceptClock.Answer: Row {
    static let rowStyle = RowStyle(headings: ["ledger": "LATEST LEDGER ROW"])
}
