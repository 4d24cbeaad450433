import NIOHTTP1
import Registry
import RegistryAPI

/// Decides which requests for the page are let in, and as whom.
///
/// On the socket the kernel says who asks. On a port nobody can be told from the connection, so a session does: it needs
/// both its address and its cookie.
struct WebDoor: Sendable {
    /// What a request that was let in is for.
    enum Visit {
        /// What anybody may have, such as the style sheet.
        case anybody(path: ArraySlice<String>, base: String)
        /// A page, for the user with this id.
        case user(UInt32, path: ArraySlice<String>, base: String, pass: WebSessions.Pass?)
    }

    /// Nil where the page is on the socket alone.
    let address: WebAddress?
    let sessions: WebSessions

    /// The first word of the page's paths on the socket, where the operations have theirs.
    static let socketRoot = "web"
    /// The first word of a session's paths on a port, before its key.
    static let sessionRoot = "s"
    static let cookie = "tokend"
    /// The header of what the page's script asks for by itself.
    private static let refresh = "X-Refresh"

    /// - Throws: `RequestProblem`.
    func visit(_ exchange: Exchange) throws -> Visit {
        try checkOrigin(exchange)
        let segments = exchange.target.segments[...]
        guard exchange.connection.isWeb else {
            guard let peer = exchange.connection.peer else {
                throw RequestProblem(.callerUnknown, "The kernel does not say who is calling.")
            }
            return .user(peer, path: segments.dropFirst(), base: "/\(Self.socketRoot)", pass: nil)
        }
        guard segments.first == Self.sessionRoot, segments.count >= 2 else { return .anybody(path: segments, base: "") }
        let key = segments[1]
        for secret in Self.cookies(exchange.headers) {
            let pass = WebSessions.Pass(key: key, secret: secret)
            // A page that is shown anew by itself keeps nobody signed in.
            if let user = sessions.user(of: pass, isUsed: !exchange.headers.contains(name: Self.refresh)) {
                return .user(user, path: segments.dropFirst(2), base: "/\(Self.sessionRoot)/\(key)", pass: pass)
            }
        }
        throw RequestProblem(
            .callerUnknown,
            "You are not signed in here, or no longer. Run 'tokenctl web' for a link that signs you in."
        )
    }

    /// Makes sure that a person asks, and not another site through the person's browser.
    ///
    /// A page of another site can make a browser ask here: by a link or a form, which the browser tells of, or under a
    /// name of its own that leads to this machine, which then stands in `Host`.
    /// - Throws: `RequestProblem`.
    private func checkOrigin(_ exchange: Exchange) throws {
        let hosts = exchange.headers["Host"]
        guard hosts.count == 1, let host = hosts.first, isOwn(host, exchange.connection) else {
            throw RequestProblem(.originRefused, "The request is for another host than this one.")
        }
        for site in exchange.headers["Sec-Fetch-Site"] where site != "same-origin" && site != "none" {
            throw RequestProblem(
                .originRefused,
                "Another site made your browser ask for this. If you want to look at it, type or paste its address."
            )
        }
        for origin in exchange.headers["Origin"] where origin != "http://\(host)" {
            throw RequestProblem(.originRefused, "The request comes from another site.")
        }
    }

    /// On the socket a client names no host that matters, but one that was brought there by a name of another site does.
    private func isOwn(_ host: String, _ connection: LocalConnection) -> Bool {
        if connection.isWeb { return address?.isNamed(by: host) == true }
        let names = ["localhost", "127.0.0.1", "[::1]"]
        return names.contains {
            host == $0 || (host.hasPrefix("\($0):") && UInt16(host.dropFirst($0.count + 1)) != nil)
        }
    }

    private static func cookies(_ headers: HTTPHeaders) -> [String] {
        headers["Cookie"].flatMap { $0.split(separator: ";") }.compactMap { pair in
            let parts = String(pair).trimmingBlanks.split(separator: "=", maxSplits: 1)
            return parts.count == 2 && parts[0] == cookie ? String(parts[1]) : nil
        }
    }
}
