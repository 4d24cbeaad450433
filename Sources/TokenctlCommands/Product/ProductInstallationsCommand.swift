import ArgumentParser
import RegistryAPI

struct ProductInstallationsCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "installations",
        abstract: "List installations of previous versions, and when they must be upgraded by.",
        discussion: """
            An installation is what a machine was last activated with. After a newer version comes there are 12 months \
            to upgrade (R07); training licences of the Learning competency and MSDN benefits are exempt.
            """
    )

    @Argument(help: ArgumentHelp("The organisation's id.", valueName: "org"))
    var organization: String

    @Flag(help: "Include those of the latest version.")
    var all = false

    @Option(help: ArgumentHelp("The day to look from (default: today).", valueName: "date"))
    var asOf: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let input = ListInstallationsOperation.Input(organization: organization, all: all, asOf: asOf)
        shell.printer.print(list: try await shell.call(ListInstallationsOperation.self, input))
    }
}

extension InstallationResource: Tabular {
    static var columns: [Column<InstallationResource>] {
        [
            Column("product", "PRODUCT") { $0.product },
            Column("machine", "MACHINE") { $0.machine },
            Column("version", "VERSION", optional: { $0.version }),
            Column("keyId", "KEY") { $0.keyId },
            Column("activatedOn", "ACTIVATED") { $0.activatedOn },
            Column("status", "STATUS") { $0.status },
            Column("upgradeBy", "UPGRADE BY", optional: { $0.upgradeBy }),
            Column("upgradeTo", "TO", optional: { $0.upgradeTo }),
        ]
    }
}
