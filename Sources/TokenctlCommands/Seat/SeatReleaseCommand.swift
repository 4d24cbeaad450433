import ArgumentParser
import Registry
import RegistryAPI

struct SeatReleaseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "release", abstract: "Release a user's seat.")

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @Option(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @Option(help: ArgumentHelp("The SKU's part number, such as ENTERPRISEPACK.", valueName: "sku"))
    var sku: String

    @Option(help: ArgumentHelp("The first day without it (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["tenant": tenant, "userPrincipalName": user, "skuPartNumber": sku, "on": on]
        shell.printer.print(try await shell.call(ReleaseSeat.self, fields, shell.options(write)))
    }
}
