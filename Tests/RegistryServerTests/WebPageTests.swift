import Foundation
import Testing

@testable import Registry
@testable import RegistryAPI
@testable import RegistryServer

/// Every page, from the table of pages, so that none is forgotten.
@Suite("The page shows what its caller may see")
struct WebPageTests {
    /// Who may see a page: whoever holds this in the organisation.
    private enum Need: Equatable {
        case nothing
        case anything
        case one(Permission)
        /// Root and the registry's own user.
        case owner
    }

    private static let needs: [String: Need] = [
        "": .nothing, "organizations/{organization}": .anything,
        "organizations/{organization}/statement": .one(.statement),
        "organizations/{organization}/tenants": .one(.cloud), "organizations/{organization}/tokens": .one(.keys),
        "organizations/{organization}/users": .one(.statement),
        "organizations/{organization}/renewals": .one(.statement),
        "organizations/{organization}/ledger": .one(.administrator), "tenants/{tenant}": .one(.cloud),
        "tokens/{token}": .one(.keys), "renewals": .nothing, "ledger": .owner, "rules": .nothing,
        "rules/{rule}": .nothing, "ask": .nothing,
    ]

    private static let rule = ["rule": "R31"]

    /// The address of a page, with the ids of what exists or of what does not.
    private static func address(_ route: WebRoutes.Route, _ ids: [String: String]) -> String {
        let words = route.path.split(separator: "/", omittingEmptySubsequences: false).map { word -> String in
            guard word.hasPrefix("{") else { return String(word) }
            let name = String(word.dropFirst().dropLast())
            return ids[name] ?? rule[name] ?? "?"
        }
        return "/web/" + words.joined(separator: "/")
    }

    private static func get(_ daemon: TestDaemon, _ address: String, headers: String = "") async throws
        -> RawClient.Answer
    {
        try await RawClient.ask(
            daemon.socketPath,
            "GET \(address) HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: page\r\n\(headers)\r\n"
        )
    }

    private static func denials(_ daemon: TestDaemon) async throws -> Int {
        try await daemon.service.store.read(within: nil) {
            try $0.auditEntries(.all, after: .beginning, limit: 10_000)
        }.count { $0.action == "access.denied" }
    }

    @Test("The registry's owner sees every page, and each says what a browser must not do")
    func owner() async throws {
        try await IntruderTests.withTwoOrganizations { daemon in
            for route in WebRoutes.all {
                let answer = try await Self.get(daemon, Self.address(route, IntruderTests.ids.mapValues(\.there)))
                #expect(answer.status == 200, "\(route.path): \(answer.body)")
                let policy = answer.headers["content-security-policy"] ?? ""
                #expect(policy.hasPrefix("default-src 'none'; ") && !policy.contains("unsafe"), "\(route.path)")
                #expect(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"))
                #expect(answer.headers["x-content-type-options"] == "nosniff")
                #expect(answer.headers["cache-control"] == "no-store")
                #expect(answer.headers["set-cookie"] == nil)
                // Nothing that the policy would have to forbid, and nothing from elsewhere.
                #expect(!answer.body.contains("<style") && !answer.body.contains(" style="), "\(route.path)")
                #expect(!answer.body.contains(" on") || !answer.body.contains("=\"javascript"), "\(route.path)")
                #expect(!answer.body.contains("src=\"http") && !answer.body.contains("href=\"http"), "\(route.path)")
            }
        }
    }

    @Test(
        "R13 to R15: each permission shows its pages and no others",
        arguments: [Permission.software, .cloud, .keys, .statement, .administrator]
    )
    func permissions(permission: Permission) async throws {
        try await IntruderTests.withTwoOrganizations { daemon in
            let user = TestPeers.user("ann-\(permission.rawValue)")
            _ = try await daemon.perform(
                GrantAccess(
                    organization: OrganizationID(stored: "contoso-x"),
                    principal: user.principal,
                    permission: permission
                )
            )
            daemon.peers.become(user)
            for route in WebRoutes.all {
                let need = try #require(Self.needs[route.path], "Who may see \(route.path)?")
                let isAllowed =
                    switch need {
                    case .nothing, .anything: true
                    case .one(let needed): permission == needed || permission == .administrator
                    case .owner: false
                    }
                let answer = try await Self.get(daemon, Self.address(route, IntruderTests.ids.mapValues(\.there)))
                #expect(answer.status == (isAllowed ? 200 : 403), "\(route.path): \(answer.body)")
            }
            // What is not to be seen is not offered either.
            let overview = try await Self.get(daemon, "/web/organizations/contoso-x").body
            for tab in WebOrganization.Tab.allCases where tab != .overview {
                let isOffered = overview.contains("href=\"/web/organizations/contoso-x\(tab.path)\"")
                #expect(isOffered == (tab.permission == permission || permission == .administrator), "\(tab)")
            }
            #expect(!overview.contains("href=\"/web/ledger\""))
        }
    }

    @Test("R13: a stranger is answered alike about what exists and what does not")
    func stranger() async throws {
        try await IntruderTests.withTwoOrganizations { daemon in
            for (index, route) in WebRoutes.all.enumerated()
            where route.path.contains("{") && route.path != "rules/{rule}" {
                daemon.peers.become(TestPeers.user("stranger-\(index)"))
                let there = try await Self.get(daemon, Self.address(route, IntruderTests.ids.mapValues(\.there)))
                let nowhere = try await Self.get(daemon, Self.address(route, IntruderTests.ids.mapValues(\.nowhere)))
                #expect(there.status == 404, "\(route.path)")
                #expect(nowhere.status == 404, "\(route.path)")
                let neutral = { (body: String) in
                    IntruderTests.ids.values.reduce(body) {
                        $0.replacing($1.there, with: "<id>").replacing($1.nowhere, with: "<id>")
                    }
                }
                #expect(neutral(there.body) == neutral(nowhere.body), "\(route.path)")
            }
            daemon.peers.become(TestPeers.user("stranger"))
            let before = try await Self.denials(daemon)
            for path in ["", "renewals", "rules", "ask?q=seats"] {
                let answer = try await Self.get(daemon, "/web/\(path)")
                #expect(answer.status == 200)
                #expect(!answer.body.contains("contoso-x") && !answer.body.contains("gold-x"), "\(path)")
            }
            // Looking at what anybody may see is no denial.
            #expect(try await Self.denials(daemon) == before)
            daemon.peers.become(nil)
            #expect(try await Self.get(daemon, "/web/").status == 403)
        }
    }

    @Test("Names that try to be markup, or to turn the page around, stay names")
    func names() async throws {
        try await withDaemon { daemon in
            let name = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"
            _ = try await daemon.perform(
                AddOrganization(
                    id: OrganizationID(stored: "a"),
                    name: KeptText(stored: name + "\u{202E}"),
                    country: try CountryCode("DE"),
                    timeZone: .utc
                )
            )
            for path in [
                "", "organizations/a", "organizations/a/statement", "organizations/a/tokens", "organizations/a/ledger",
                "renewals", "ledger", "ask?q=%3Cscript%3Ealert(1)%3C/script%3E&organization=a",
                "organizations/a/tokens?status=%22%3E%3Cscript%3E", "tokens/%3Cscript%3E", "tenants/%22%3E%3Cscript%3E",
                "organizations/%3Cscript%3E", "rules/%3Cscript%3E", "ledger?since=%22%3E%3Cscript%3E", "%3Cscript%3E",
            ] {
                let answer = try await Self.get(daemon, "/web/\(path)")
                #expect(answer.status < 500, "\(path)")
                // The page's own script is the only one.
                #expect(answer.body.components(separatedBy: "<script").count <= 2, "\(path): \(answer.body)")
                #expect(!answer.body.contains("<script>") && !answer.body.contains("<img"), "\(path)")
                #expect(!answer.body.unicodeScalars.contains { $0 != "\n" && $0.isUnseen }, "\(path)")
            }
        }
    }

    @Test("A code that was typed into the wrong place is not shown again")
    func codes() async throws {
        try await withDaemon { daemon in
            let code = "BCDFG-HJKMP-QRTVW-XY234-6789B"
            for path in ["ask?q=\(code)", "ledger?subject=\(code)", "tokens/\(code)", "tenants/\(code)"] {
                let answer = try await Self.get(daemon, "/web/\(path)")
                #expect(!answer.body.contains("BCDFG"), "\(path)")
            }
        }
    }

    @Test("A long list has pages")
    func pager() async throws {
        try await withDaemon { daemon in
            for number in 100...200 { _ = try await daemon.perform(try daemon.organization("org-\(number)")) }
            let first = try await Self.get(daemon, "/web/").body
            #expect(first.contains(">org-199<") && !first.contains(">org-200<"))
            #expect(first.contains("href=\"/web/?after=org-199\"") && !first.contains("First page"))
            let second = try await Self.get(daemon, "/web/?after=org-199").body
            #expect(second.contains(">org-200<") && !second.contains(">org-199<"))
            #expect(second.contains("href=\"/web/\"") && !second.contains("Next page"))
            #expect(try await Self.get(daemon, "/web/?after=%20").status == 422)
        }
    }

    @Test("Nothing is changed by a page: no other method is taken")
    func methods() async throws {
        try await withDaemon { daemon in
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                let answer = try await RawClient.ask(
                    daemon.socketPath,
                    "\(method) /web/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                )
                #expect(answer.status == 405)
                #expect(answer.headers["allow"] == "GET, HEAD")
            }
        }
    }
}
