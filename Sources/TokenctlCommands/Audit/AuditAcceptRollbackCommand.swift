import ArgumentParser
import Registry
import RegistryEngines

struct AuditAcceptRollbackCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-rollback",
        abstract: "Accept a database that lacks commits which were once made.",
        discussion: """
            After a restored backup, or when the anchor is gone, the registry stays closed, since redemptions may be \
            missing from it. This records what is missing and the reason in the ledger, and opens the registry again.
            """
    )

    @Option(help: ArgumentHelp("The reason; the ledger keeps it.", valueName: "text"))
    var reason: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let place = try await shell.registryPlaceInUse()
        let registry = try place.open(acceptsRollback: true, onNotice: shell.notice)
        defer { registry.close() }
        let answer = try await registry.acceptRollback(
            reason: reason,
            by: Shell.localCaller(place),
            clock: shell.clock,
            requestID: shell.options().requestID
        )
        shell.printer.print(answer)
    }
}

extension AcceptRollback.Answer: Row {
    static let rowStyle = RowStyle(
        headings: ["missingFirst": "FIRST MISSING SEAL", "missingLast": "LAST MISSING SEAL"]
    )
}
