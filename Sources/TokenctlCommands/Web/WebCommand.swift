import ArgumentParser
import Registry
import RegistryAPI
import RegistryClient

struct WebCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "web",
        abstract: "Sign in to the daemon's page, where one can look at the registry.",
        discussion: """
            Prints a link for a browser of this machine. It signs in once, within two minutes, as the user who runs this \
            command; the page then shows what that user may see with tokenctl, and changes nothing. Nobody else may have \
            the link before it was used.

            The session ends with "Sign out", after half an hour without use, after the daemon's --web-session, and with \
            --end. The daemon has to serve the page: 'tokend --web 127.0.0.1:8765'.
            """
    )

    @Flag(help: "End all of your sessions on the page.")
    var end = false

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard let socket = shell.daemonSocket else {
            throw TransportProblem.daemonUnreachable.problem(
                "No daemon answers, and the page is the daemon's.",
                requestID: shell.options().requestID
            )
        }
        let connection = SocketConnection(path: socket, trust: DaemonTrust(shell.environment))
        guard !end else {
            let ended = try await connection.endWebSessions(shell.options())
            shell.printer.print(EndedWebSessions(ended: ended.ended))
            return
        }
        let link = try await connection.webLink(shell.options())
        guard shell.printer.format == .table else { return shell.printer.print(WebLink(link)) }
        shell.terminal.write("\(link.url)\n")
        shell.note("Open it in a browser of this machine within \(link.seconds) seconds; it signs you in once.")
    }
}

/// The link as it is printed for a program.
private struct WebLink: Codable, Row {
    let url: String
    let seconds: Int
    let sessionSeconds: Int

    init(_ link: WebLinkResource) {
        url = link.url
        seconds = link.seconds
        sessionSeconds = link.sessionSeconds
    }

    static let rowStyle = RowStyle()
}

private struct EndedWebSessions: Codable, Row {
    let ended: Int

    static let rowStyle = RowStyle(headings: ["ended": "SESSIONS ENDED"])
}
