import ArgumentParser
import Registry
import RegistryAPI

struct SeatReleaseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "release", abstract: "Release a user's seat.")

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @OptionGroup var tenant: TenantOption

    @Option(help: ArgumentHelp("The SKU's part number, such as ENTERPRISEPACK.", valueName: "sku"))
    var sku: String

    @Option(help: ArgumentHelp("The first day without it (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "tenant": try shell.tenant(tenant.tenant), "userPrincipalName": user, "skuPartNumber": sku, "on": on,
        ]
        shell.printer.print(try await shell.call(ReleaseSeat.self, fields, shell.options(write)))
    }
}
