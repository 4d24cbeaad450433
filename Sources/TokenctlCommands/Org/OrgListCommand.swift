import ArgumentParser
import RegistryAPI

struct OrgListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the organisations.")

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print { cursor in
            let page = try await shell.call(ListOrganizationsOperation.self, .init(after: cursor))
            return (page.items, page.next)
        }
    }
}
