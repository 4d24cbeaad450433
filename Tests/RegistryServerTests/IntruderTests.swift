import Foundation
import Registry
import RegistryAPI
import RegistryServer
import Testing

/// Somebody who may connect and was granted nothing asks every operation for what exists and for what does not.
@Suite("R13: a stranger learns nothing, whatever is asked")
struct IntruderTests {
    /// What stands in a request for a thing: once as it exists, once as it does not.
    private static let names: [(name: String, real: String, invented: String)] = [
        ("organization", "contoso", "contosx"),
        ("enrollment", "ENR1", "ENR7"),
        ("token", "T1", "T9"),
        ("key", "K1", "K9"),
        ("tenant", "contoso.example", "contosx.example"),
        ("user", "ann@contoso.example", "ann@contosx.example"),
    ]

    /// What is not about a thing of an organisation, beside the path.
    private static let fixed = [
        "principal": "user:alice", "permission": "keys", "rule": "R31", "product": "office-suite",
    ]

    /// The least that each operation with a body or a required parameter takes; `{name}` as in a path.
    private static let input: [String: String] = [
        "addOrganization": #"{"id": "fabrikam", "name": "Fabrikam", "country": "DE"}"#,
        "addLocation": #"{"id": "paris", "name": "Paris", "country": "FR"}"#,
        "importPrograms": #"{"programs": []}"#,
        "quoteGoldUpgrade": "?goldFee=200&silverFee=100",
        "upgradeToGold": #"{"goldFee": 200, "silverFee": 100}"#,
        "quoteMedia": "?fee=100",
        "addEnrollment":
            #"{"organization": "{organization}", "program": "silver-competency", "startsOn": "2026-02-01"}"#,
        "endEnrollment": #"{"on": "2026-03-01"}"#,
        "signUpTenant":
            #"{"organization": "{organization}", "domain": "new.example", "administrator": "a@new.example"}"#,
        "addDomain": #"{"domain": "new.example"}"#,
        "setTenantId": #"{"tenantId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}"#,
        "addSubscription": #"{"skuPartNumber": "STANDARDPACK", "seats": 5, "source": "reseller"}"#,
        "assignSeat": #"{"userPrincipalName": "{user}", "skuPartNumber": "ENTERPRISEPACK"}"#,
        "releaseSeat": #"{"userPrincipalName": "{user}", "skuPartNumber": "ENTERPRISEPACK"}"#,
        "assignLicense": #"{"userPrincipalName": "{user}", "product": "office-suite"}"#,
        "releaseLicense": #"{"userPrincipalName": "{user}", "product": "office-suite"}"#,
        "switchUser": #"{"to": "on-premises"}"#,
        "redeemToken": #"{"token": "{token}", "tenant": "{tenant}"}"#,
        "replaceToken": #"{"code": "BBBBB-CCCCC-DDDDD-FFFFF-KKKKK"}"#,
        "activateKey": #"{"key": "{key}", "machine": "pc"}"#,
        "addProductVersion": #"{"product": "Windows", "version": "11", "on": "2026-01-01"}"#,
        "applyRenewal": "{}",
        "lapseRenewal": #"{"on": "2026-03-01"}"#,
        "grantAccess": #"{"principal": "user:eve", "permission": "keys"}"#,
        "switchUsers": "user,to\n{user},on-premises\n",
        "importTokens": "code,sku,seats\nBBBBB-CCCCC-DDDDD-FFFFF-KKKKK,ENTERPRISEPACK,5\n",
        "importKeys": "key,product,activations\nBBBBB-CCCCC-DDDDD-FFFFF-HHHHH,windows-server,5\n",
        "importSkus":
            "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,"
            + "Service_Plans_Included_Friendly_Names\n",
    ]

    @Test("No operation answers a stranger otherwise for what exists than for what does not, and nor does the ledger")
    func everyOperation() async throws {
        try await withDaemon { daemon in
            try await Self.furnish(daemon)
            var differing: [String] = []
            for (number, entry) in OperationTable.all.enumerated() {
                let real = try await Self.outcome(
                    of: entry,
                    named: "first-request",
                    { $0.real },
                    "mallory\(number)",
                    daemon
                )
                let other = try await Self.outcome(
                    of: entry,
                    named: "second-request",
                    { $0.invented },
                    "mallory\(number)",
                    daemon
                )
                if real != other { differing.append("\(entry.route.name): \(real.difference(from: other))") }
                #expect(real.status != 500, "\(entry.route.name): \(real)")
            }
            #expect(differing == [])
        }
    }

    @Test("A stranger tells no key that was used from one that was not")
    func idempotencyKeys() async throws {
        try await withDaemon { daemon in
            try await Self.furnish(daemon)
            let body = #"{"token": "T1", "tenant": "contoso.example"}"#
            func redeem(_ key: String) async throws -> RawClient.Answer {
                let headers = "Idempotency-Key: \(key)\r\nX-Request-Id: same\r\n"
                return try await RawClient.ask(
                    daemon.socketPath,
                    RawClient.post("/v1/redemptions", body, headers: headers)
                )
            }
            #expect(try await redeem("used").status == 201)
            daemon.peers.become(TestPeers.user("mallory"))
            let (used, unused) = (try await redeem("used"), try await redeem("unused"))
            #expect(used.status == 404)
            #expect(used.status == unused.status)
            #expect(used.body == unused.body)
        }
    }

    /// What a stranger gets, and what the ledger says of it, with the names of things and requests taken out.
    private struct Outcome: Equatable {
        let status: Int
        let headers: [String: String]
        let body: String
        let rows: [String]

        func difference(from other: Outcome) -> String {
            let common = zip(body, other.body).prefix { $0 == $1 }.count
            return "\(status) \(headers) \(body.dropFirst(max(0, common - 40)).prefix(200)) \(rows) | "
                + "\(other.status) \(other.headers) \(other.body.dropFirst(max(0, common - 40)).prefix(200)) \(other.rows)"
        }
    }

    private static func outcome(
        of entry: OperationEntry,
        named requestID: String,
        _ choose: ((name: String, real: String, invented: String)) -> String,
        _ stranger: String,
        _ daemon: TestDaemon
    ) async throws -> Outcome {
        func filled(_ template: String) -> String {
            var text = template
            for name in names { text = text.replacingOccurrences(of: "{\(name.name)}", with: choose(name)) }
            for (name, value) in fixed { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
            for (name, value) in ["program": "silver-competency", "sku": "ENTERPRISEPACK"] {
                text = text.replacingOccurrences(of: "{\(name)}", with: value)
            }
            return text
        }
        let asked = entry.route.path + (input[entry.route.name] ?? "")
        func plain(_ text: String) -> String {
            // Longer names first: an address has its domain in it.
            names.reversed().filter { asked.contains("{\($0.name)}") }.reduce(text) {
                $0.replacingOccurrences(of: choose($1), with: "<\($1.name)>")
            }
        }
        let said = filled(input[entry.route.name] ?? "")
        let target = filled(entry.route.path) + (said.hasPrefix("?") ? said : "")
        let body = said.hasPrefix("?") ? "" : said
        let type = entry.takesFile ? "text/csv" : "application/json"
        let content = body.isEmpty ? "" : "Content-Type: \(type)\r\n"
        let before = try await daemon.service.answer(StatusQuery(), as: TestDaemon.owner).head?.sequence ?? 0
        daemon.peers.become(TestPeers.user(stranger))
        let answer = try await RawClient.ask(
            daemon.socketPath,
            "\(entry.route.method.rawValue) \(target) HTTP/1.1\r\nHost: x\r\nX-Request-Id: \(requestID)\r\n\(content)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        let rows = try await daemon.service.answer(
            AuditLogQuery(filter: AuditFilter(), after: before, limit: 100),
            as: TestDaemon.owner
        )
        var headers = answer.headers
        for name in ["date", "x-request-id", "content-length"] { headers[name] = nil }
        return Outcome(
            status: answer.status,
            headers: headers,
            body: plain(answer.body).replacingOccurrences(of: "\"\(requestID)\"", with: "<request>"),
            rows: rows.map { plain("\($0.actor) \($0.action) \($0.subject) \($0.changes)") }
        )
    }

    private static func furnish(_ daemon: TestDaemon) async throws {
        let requests = [
            RawClient.post("/v1/organizations", #"{"id": "contoso", "name": "Contoso", "country": "DE"}"#),
            RawClient.post(
                "/v1/enrollments",
                #"{"organization": "contoso", "program": "gold-competency", "startsOn": "2026-02-01", "id": "ENR1", "#
                    + #""tokens": "mint"}"#
            ),
            RawClient.post(
                "/v1/tenants",
                #"{"organization": "contoso", "domain": "contoso.example", "administrator": "a@contoso.example"}"#
            ),
            RawClient.post(
                "/v1/organizations/contoso/licenses",
                #"{"userPrincipalName": "ann@contoso.example", "product": "office-suite"}"#
            ),
            RawClient.post(
                "/v1/enrollments/ENR1/keys",
                "key,product,activations\nBBBBB-CCCCC-DDDDD-FFFFF-GGGGG,windows-server,5\n",
                type: "text/csv"
            ),
        ]
        for request in requests {
            let answer = try await RawClient.ask(daemon.socketPath, request)
            #expect(answer.status == 201, "\(answer.body)")
        }
    }
}
