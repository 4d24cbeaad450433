import ArgumentParser
import FoundationEssentials
import Registry

/// Writes the manual pages of the commands, for those who change them.
struct ManualCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual pages of the commands.",
        discussion: """
            Writes DIR/tokenctl-NOUN.1 for each noun, and for each command that stands alone. What was written by hand in \
            a page that is there stays as it is: the description and the examples.
            """,
        shouldDisplay: false
    )

    @Argument(help: ArgumentHelp("Where the pages are: Man.", valueName: "dir"))
    var directory: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let today = OrganizationTimeZone.utc.day(of: shell.clock.now())
        let pages = ManualPage.all(
            earlier: { try? String(contentsOfFile: "\(directory)/\($0)", encoding: .utf8) },
            today: today
        )
        for page in pages {
            do {
                try Data(page.text.utf8).write(to: URL(filePath: "\(directory)/\(page.fileName)"))
            } catch {
                throw Refusal.cannotWriteFile("\(directory)/\(page.fileName)")
            }
        }
        shell.note("Wrote \(counted(pages.count, "page")) to \(directory).")
    }
}
