import ArgumentParser
import Registry
import RegistryAPI

struct UserReleaseCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Take back all seats and licences of a user who leaves, in one step."
    )

    @Argument(help: ArgumentHelp("The user principal name, user@domain.", valueName: "user"))
    var user: String

    @OptionGroup var organization: OrganizationOption

    @Option(help: ArgumentHelp("The first day without them (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = [
            "organization": try shell.organization(organization), "userPrincipalName": user, "on": on,
        ]
        shell.printer.print(try await shell.call(ReleaseUser.self, fields, shell.options(write)))
    }
}

extension ReleaseUser.Answer: Row {
    static let rowStyle = RowStyle(
        headings: ["to": "FIRST DAY WITHOUT"],
        texts: ["released": { $0.listed { "\($0[text: "kind"]) \($0[text: "product"])" } }]
    )
}
