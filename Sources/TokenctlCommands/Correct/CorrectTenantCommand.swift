import ArgumentParser
import Registry
import RegistryAPI

struct CorrectTenantCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Correct a tenant, name a new administrator, or record that it was left.",
        discussion: """
            A mistyped domain is named as it was typed, and --domain says what is right; the wrong one is free again. After \
            --left nothing is redeemed, bought or assigned there.
            """
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @Option(help: ArgumentHelp("The directory's GUID.", valueName: "guid"))
    var tenantId: String?

    @Option(help: ArgumentHelp("The domain as it is.", valueName: "domain"))
    var domain: String?

    @Option(help: ArgumentHelp("The account of the administrator's successor.", valueName: "upn"))
    var admin: String?

    @Option(help: ArgumentHelp("The first day without it.", valueName: "date"))
    var left: String?

    @OptionGroup var correction: CorrectionOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "tenant": tenant, "tenantId": tenantId, "domain": domain, "administrator": admin, "leftOn": left,
        ]
        try await shell.correct(CorrectTenant.self, fields, correction, write)
    }
}
