import ArgumentParser
import Registry
import RegistryAPI

struct TenantSignupCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "signup",
        abstract: "Record that an organisation signed up for a cloud service.",
        discussion: """
            This only records: nothing happens at Microsoft, where the organisation signs up itself.

            The first sign-up makes the Organization Account (R43). A later one, on a domain that is already registered, \
            adds the service to it, and should use the first administrator's account.
            """
    )

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("The organisation's Internet domain name.", valueName: "domain"))
    var domain: String

    @Option(help: ArgumentHelp("The administrator's account, as user@domain.", valueName: "upn"))
    var admin: String

    @Option(help: ArgumentHelp("The directory's GUID (default: not known yet; see tenant set-id).", valueName: "guid"))
    var tenantID: String?

    @Option(
        help: ArgumentHelp(
            "office-365 (default), intune, azure, azure-active-directory or dynamics-crm.",
            valueName: "service"
        )
    )
    var service: String?

    @Option(help: ArgumentHelp("The enrollment that grants a service without tokens (R36).", valueName: "enr"))
    var enrollment: String?

    @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization),
            "domain": domain,
            "administrator": admin,
            "tenantId": tenantID,
            "service": service,
            "enrollment": enrollment,
            "on": on,
        ]
        let tenant = try await shell.call(SignUpTenant.self, fields, shell.options(write))
        shell.warn(tenant.warnings)
        shell.printer.print(tenant)
    }
}
