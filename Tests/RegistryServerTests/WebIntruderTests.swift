import Foundation
import Testing

@testable import Registry
@testable import RegistryAPI
@testable import RegistryServer

/// Another user of the machine, or another site in the browser of somebody who is signed in, tries to see the page.
@Suite("The page on a port lets in who was sent by tokenctl web, and nobody else")
struct WebIntruderTests {
    /// A browser of this machine.
    private struct Browser {
        let port: Int
        var cookie: String?

        func ask(_ target: String, host: String? = nil, headers: String = "") async throws -> RawClient.Answer {
            try await ask("GET", target, host: host, headers: headers)
        }

        func ask(
            _ method: String,
            _ target: String,
            host: String? = nil,
            headers: String = ""
        ) async throws -> RawClient.Answer {
            let client = try RawClient(port: port)
            let cookie = cookie.map { "Cookie: other=1; \($0)\r\n" } ?? ""
            await client.send(
                "\(method) \(target) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(port)")\r\nContent-Length: 0\r\n"
                    + "\(cookie)\(headers)\r\n"
            )
            return try await client.answer()
        }
    }

    /// What `tokenctl web` is told.
    private static func link(_ daemon: TestDaemon) async throws -> (browser: Browser, target: String) {
        let answer = try await RawClient.ask(daemon.socketPath, RawClient.post("/v1/web/links", ""))
        let url = try #require(answer.member("url").flatMap { URL(string: $0) })
        return (Browser(port: try #require(url.port)), "\(url.path)?\(try #require(url.query))")
    }

    /// A browser that has signed in, and where it then is.
    private static func signIn(_ daemon: TestDaemon) async throws -> (browser: Browser, home: String) {
        var (browser, target) = try await link(daemon)
        let answer = try await browser.ask("POST", target)
        #expect(answer.status == 303)
        let cookie = try #require(answer.headers["set-cookie"])
        #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"))
        let home = try #require(answer.headers["location"])
        // It is sent to no other port: its path is as secret as it is.
        #expect(cookie.contains("; Path=\(home);") && home.count > 32)
        browser.cookie = String(try #require(cookie.split(separator: ";").first))
        return (browser, home)
    }

    private static func withPage(_ body: @escaping @Sendable (TestDaemon) async throws -> Void) async throws {
        try await withDaemon(web: WebAddress("127.0.0.1:0"), body)
    }

    @Test("A link is shown as a form, signs in once, and then has no further use")
    func link() async throws {
        try await Self.withPage { daemon in
            _ = try await daemon.perform(try daemon.organization("contoso"))
            let (browser, target) = try await Self.link(daemon)
            for _ in 0..<2 { #expect(try await browser.ask(target).body.contains("<form method=\"post\"")) }
            #expect(try await browser.ask("POST", target).status == 303)
            for method in ["GET", "POST"] {
                let again = try await browser.ask(method, target)
                #expect(again.status == 403)
                #expect(again.headers["set-cookie"] == nil)
            }
            let (signedIn, home) = try await Self.signIn(daemon)
            #expect(try await signedIn.ask(home).body.contains(">contoso<"))
        }
    }

    @Test("Another user of the machine finds a closed door, whatever they try")
    func otherUser() async throws {
        try await Self.withPage { daemon in
            _ = try await daemon.perform(try daemon.organization("contoso"))
            let (victim, home) = try await Self.signIn(daemon)
            var intruder = Browser(port: victim.port)
            for target in [
                home, "\(home)organizations/contoso", "/web/", "/web/organizations/contoso", "/v1/organizations",
                "/v1/web/links", "/metrics", "/healthz", "/s/", "/s//", "/sign-in?link=",
                "/s/\(String(repeating: "0", count: 32))/",
            ] {
                for method in ["GET", "POST", "DELETE"] {
                    let answer = try await intruder.ask(method, target)
                    #expect([403, 405].contains(answer.status), "\(method) \(target)")
                    #expect(!answer.body.contains("contoso"), "\(method) \(target)")
                }
            }
            // The path without the cookie, the cookie without the path, another cookie.
            intruder.cookie = victim.cookie
            #expect(try await intruder.ask("/s/\(String(repeating: "0", count: 32))/").status == 403)
            intruder.cookie = "tokend=\(String(repeating: "0", count: 64))"
            #expect(try await intruder.ask(home).status == 403)
            #expect(try await intruder.ask("POST", "\(home)sign-out").status == 403)
            #expect(try await victim.ask(home).status == 200)
        }
    }

    @Test("A name of another site that leads here is refused")
    func rebinding() async throws {
        try await Self.withPage { daemon in
            let (browser, home) = try await Self.signIn(daemon)
            for host in [
                "evil.example", "evil.example:\(browser.port)", "localhost:\(browser.port)", "127.0.0.1", "[::1]:1",
            ] {
                #expect(try await browser.ask(home, host: host).status == 403, "\(host)")
                #expect(try await browser.ask("/page.css", host: host).status == 403, "\(host)")
            }
            #expect(try await browser.ask(home, headers: "Host: evil.example\r\n").status >= 400)
            for host in ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1:x", ""] {
                let request = "GET /web/ HTTP/1.1\r\nHost: \(host)\r\n\r\n"
                #expect(try await RawClient.ask(daemon.socketPath, request).status >= 400, "\(host)")
            }
        }
    }

    @Test("What another site, or another port, makes a browser ask for is refused")
    func crossSite() async throws {
        try await Self.withPage { daemon in
            let (browser, home) = try await Self.signIn(daemon)
            for header in [
                "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1:\(browser.port + 1)", "Origin: https://127.0.0.1:\(browser.port)",
            ] {
                for target in [home, "/page.js", "/"] {
                    #expect(
                        try await browser.ask(target, headers: "\(header)\r\n").status == 403,
                        "\(header) \(target)"
                    )
                }
                #expect(try await browser.ask("POST", "\(home)sign-out", headers: "\(header)\r\n").status == 403)
                let (other, target) = try await Self.link(daemon)
                #expect(try await other.ask("POST", target, headers: "\(header)\r\n").status == 403)
                #expect(try await other.ask("POST", target).status == 303)
            }
            let own = "Sec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1:\(browser.port)\r\n"
            #expect(try await browser.ask(home, headers: own).status == 200)
            #expect(try await browser.ask(home, headers: "Sec-Fetch-Site: none\r\n").status == 200)
        }
    }

    @Test("A session ends when its user says so: on the page, or with tokenctl web --end")
    func ends() async throws {
        try await Self.withPage { daemon in
            let (one, first) = try await Self.signIn(daemon)
            let (other, second) = try await Self.signIn(daemon)
            let left = try await one.ask("POST", "\(first)sign-out")
            #expect(left.status == 200)
            #expect(left.headers["set-cookie"]?.contains("Max-Age=0") == true)
            #expect(try await one.ask(first).status == 403)
            #expect(try await other.ask(second).status == 200)
            let end = "DELETE /v1/web/sessions HTTP/1.1\r\nHost: x\r\n\r\n"
            #expect(try await RawClient.ask(daemon.socketPath, end).body == #"{"ended":1}"#)
            #expect(try await other.ask(second).status == 403)
        }
    }

    @Test("A session has the rights that its user has now")
    func rights() async throws {
        try await Self.withPage { daemon in
            _ = try await daemon.perform(try daemon.organization("contoso"))
            let (browser, home) = try await Self.signIn(daemon)
            #expect(try await browser.ask("\(home)organizations/contoso").status == 200)
            daemon.peers.become(TestPeers.user("bob"))
            #expect(try await browser.ask("\(home)organizations/contoso").status == 404)
            #expect(try await browser.ask(home).body.contains("user:bob"))
            daemon.peers.become(nil)
            #expect(try await browser.ask(home).status == 403)
            let link = try await RawClient.ask(daemon.socketPath, RawClient.post("/v1/web/links", ""))
            #expect(link.status == 403)
        }
    }

    @Test("Without --web there is no port, and no link")
    func noPort() async throws {
        try await withDaemon { daemon in
            let answer = try await RawClient.ask(daemon.socketPath, RawClient.post("/v1/web/links", ""))
            #expect(answer.status == 503)
            #expect(answer.member("code") == "page.not-served")
        }
    }

    @Test("A port that another program has is not taken over: the daemon does not start")
    func takenPort() async throws {
        try await Self.withPage { daemon in
            let port = try await Self.link(daemon).browser.port
            await #expect(throws: StartupFailure.self) {
                try await withDaemon(web: WebAddress("127.0.0.1:\(port)")) { _ in }
            }
        }
    }
}
