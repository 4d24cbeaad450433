import ArgumentParser
import Registry
import RegistryAPI

struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Organization Accounts: an organisation's directories in the cloud.",
        subcommands: [
            TenantSignupCommand.self, TenantListCommand.self, TenantShowCommand.self, TenantAddDomainCommand.self,
            TenantSetIDCommand.self, TenantSetBillingAccountCommand.self, TenantAddSubscriptionCommand.self,
        ]
    )
}

struct TenantListCommand: ListingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List an organisation's tenants.")

    @OptionGroup var organization: OrganizationArgument

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["organization": try shell.organization(organization)]
        try await shell.printer.print(list: shell.call(ListTenants.self, fields))
    }
}

struct TenantShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a tenant.")

    @OptionGroup var tenant: TenantArgument

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ShowTenant.self, ["tenant": try shell.tenant(tenant.tenant)]))
    }
}

struct TenantAddDomainCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-domain",
        abstract: "Register another domain for a tenant (R51)."
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @Argument(help: "The domain to add.")
    var domain: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            try await shell.call(AddDomain.self, ["tenant": tenant, "domain": domain], shell.options(write))
        )
    }
}

struct TenantSetIDCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-id",
        abstract: "Record the id of a tenant that was signed up before it was known.",
        discussion: "A tenant's id is recorded once, and never changes."
    )

    @Argument(help: ArgumentHelp("A domain of the tenant.", valueName: "tenant"))
    var tenant: String

    @Argument(help: ArgumentHelp("The directory's GUID.", valueName: "guid"))
    var tenantID: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            try await shell.call(SetTenantID.self, ["tenant": tenant, "tenantId": tenantID], shell.options(write))
        )
    }
}

struct TenantSetBillingAccountCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-billing-account",
        abstract: "Record the billing account that a tenant stands under (R54).",
        discussion: """
            A benefit without a code can be ordered only where it is one of the organisation's own: see 'tokenctl org \
            add-billing-account'.
            """
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @Argument(help: ArgumentHelp("The billing account's id, as Microsoft shows it.", valueName: "account"))
    var account: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["tenant": tenant, "billingAccount": account]
        shell.printer.print(try await shell.call(SetBillingAccount.self, fields, shell.options(write)))
    }
}

extension TenantResource: Row {
    static let rowStyle = RowStyle(
        hidden: ["signedUpOn", "dryRun"],
        sparse: ["billingAccount"],
        texts: ["services": { $0.items.map { $0["service"].cellText }.joined(separator: " ") }]
    )
}
