import ArgumentParser
import RegistryAPI

struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Organization Accounts: an organisation's directories in the cloud.",
        subcommands: [
            TenantSignupCommand.self, TenantListCommand.self, TenantShowCommand.self, TenantAddDomainCommand.self,
            TenantSetIDCommand.self, TenantAddSubscriptionCommand.self,
        ]
    )
}

struct TenantListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List an organisation's tenants.")

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            list: try await shell.call(ListTenantsOperation.self, OrganizationInput(organization: organization))
        )
    }
}

struct TenantShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a tenant.")

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ShowTenantOperation.self, TenantInput(tenant: tenant)))
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
            try await shell.call(
                AddDomainOperation.self,
                .init(tenant: tenant, domain: domain),
                shell.options(write)
            )
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
            try await shell.call(
                SetTenantIDOperation.self,
                .init(tenant: tenant, tenantId: tenantID),
                shell.options(write)
            )
        )
    }
}

extension TenantResource: Tabular {
    static var columns: [Column<TenantResource>] {
        [
            Column("id", "ID", optional: { $0.id }),
            Column("organizationId", "ORGANISATION") { $0.organizationId },
            Column("domains", "DOMAINS") { $0.domains.joined(separator: " ") },
            Column("administrator", "ADMINISTRATOR") { $0.administrator },
            Column("signedUpOn", nil) { $0.signedUpOn },
            Column("services", "SERVICES") { $0.services.map(\.service).joined(separator: " ") },
        ]
    }
}
