import ArgumentParser
import Registry
import RegistryAPI

struct LicenseReleaseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Release a user's on-premises licence, or those of every user of a file.",
        discussion: """
            FILE has the column userPrincipalName (or user), and organizationId (org), product, source and to (on) where the \
            options do not say it for all rows.
            """
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String?

    @OptionGroup var rows: RowsOptions

    @OptionGroup var organization: OrganizationOption

    @Option(help: ArgumentHelp("The product line, or the single licence.", valueName: "product"))
    var product: String?

    @Option(
        help: ArgumentHelp(
            "The licence from this source (default: the programme's, else any).",
            valueName: "text"
        )
    )
    var source: String?

    @Option(help: ArgumentHelp("The first day without it (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try rows.check(user, "a user with --product", isGiven: product != nil)
    }

    func run(in shell: Shell) async throws {
        if let file = rows.file {
            let fields: WireValue = [
                "organization": organization.org ?? shell.global.settings[.org], "product": product, "source": source,
                "on": on,
            ]
            return try await shell.printRows(ReleaseLicenses.self, fields, file: file, write, confirmation)
        }
        let fields: WireValue = [
            "organization": try shell.organization(organization), "userPrincipalName": user, "product": product,
            "source": source, "on": on,
        ]
        shell.printer.print(try await shell.call(ReleaseLicense.self, fields, shell.options(write)))
    }
}
