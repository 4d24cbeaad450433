import ArgumentParser
import Registry
import RegistryAPI

struct CorrectRedemptionCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "redemption",
        abstract: "Correct the record of a redemption that was done rightly at the portal; no seats move.",
        discussion: """
            Seats can never be moved to another tenant (R31). This is for a record that does not say what the portal shows: \
            it says so, and the ledger keeps both. A token that was redeemed wrongly at the portal is replaced instead \
            ('tokenctl token replace'). It asks to type the domain of the tenant that the portal shows, unless --yes.
            """
    )

    @Argument(help: ArgumentHelp("The id of the token that was redeemed, such as T12.", valueName: "token"))
    var token: String

    @Option(help: ArgumentHelp("Where the portal shows the seats.", valueName: "tenant"))
    var tenant: String?

    @Option(help: ArgumentHelp("The day on which the portal shows that it was redeemed.", valueName: "date"))
    var redeemedOn: String?

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["token": token, "tenant": tenant, "redeemedOn": redeemedOn]
        try await shell.correct(CorrectRedemption.self, fields, correction, write, typing: tenant ?? token)
    }
}
