import ArgumentParser
import Registry
import RegistryAPI

struct TokenReserveCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "reserve",
        abstract: "Reserve a token while you carry its code to the portal (R29).",
        discussion: """
            Until then nobody else can redeem it or see its code, so that two administrators do not carry one code to the \
            portal at the same time. It is refused where redeeming the token on that tenant would be refused. Redeem it there \
            afterwards, or give it up with 'tokenctl token release'; an administrator can release it too. Reserved again by \
            you, it is reserved anew, for the tenant and the time that you say then.
            """
    )

    @Argument(help: ArgumentHelp("The token's id, such as T42.", valueName: "token"))
    var token: String

    @Option(help: ArgumentHelp("A domain of the tenant, or its id; no setting stands in for it.", valueName: "tenant"))
    var tenant: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("For how long: 90m, 2h, 1d, a week at most (default: 2h).", valueName: "time")
    )
    var time: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["token": token, "tenant": tenant, "for": time]
        shell.printer.print(try await shell.call(ReserveToken.self, fields, try shell.options(write)))
    }
}

struct TokenReleaseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Release a token that you reserved, or as an administrator take it over."
    )

    @Argument(help: ArgumentHelp("The token's id, such as T42.", valueName: "token"))
    var token: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ReleaseToken.self, ["token": token], try shell.options(write)))
    }
}

extension TokenReservationResource: Row {
    static let rowStyle = RowStyle(hidden: ["tenantId"])
}
