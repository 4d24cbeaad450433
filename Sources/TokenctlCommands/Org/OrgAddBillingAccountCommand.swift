import ArgumentParser
import Registry
import RegistryAPI

struct OrgAddBillingAccountCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-billing-account",
        abstract: "Record a billing account that is the organisation's own (R54).",
        discussion: "Benefits without a code are ordered only on tenants that stand under one of them."
    )

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @Argument(help: ArgumentHelp("The billing account's id, as Microsoft shows it.", valueName: "account"))
    var account: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": organization, "billingAccount": account]
        shell.printer.print(try await shell.call(AddBillingAccount.self, fields, shell.options(write)))
    }
}

extension BillingAccountsResource: Row {
    static let rowStyle = RowStyle()
}
