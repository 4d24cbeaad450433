import Foundation
import Testing

@testable import Registry
@testable import RegistryAPI
@testable import RegistryServer

/// Somebody without a grant asks for everything by ids that exist and by ids that do not. Made from the endpoint table,
/// so that no operation is forgotten.
@Suite("Who may not know is not told")
struct IntruderTests {
    /// By the name of an input's field: what exists in the organisation that is attacked, and what exists nowhere.
    static let ids: [String: (there: String, nowhere: String)] = [
        "organization": ("contoso-x", "contoso-y"), "enrollment": ("gold-x", "gold-y"), "token": ("T1", "T9"),
        "key": ("K1", "K9"), "tenant": ("x.onmicrosoft.com", "y.onmicrosoft.com"), "location": ("loc-x", "loc-y"),
        "user": ("ann@x.com", "bob@x.com"), "userPrincipalName": ("ann@x.com", "bob@x.com"),
        "principal": ("user:ann-x", "user:ann-y"),
    ]

    /// Of the intruder's own organisation, where they administer one.
    static let own = [
        "organization": "fabrikam", "enrollment": "own", "token": "T2", "key": "K2", "tenant": "own.onmicrosoft.com",
        "location": "hq", "user": "eve@own.com", "userPrincipalName": "eve@own.com", "principal": "user:carl",
    ]

    /// What the field's example does not say well enough to be read.
    private static let values: [String: String] = [
        "to": "cloud", "source": "reseller", "name": "New", "id": "new", "tokens": "none",
        "program": "silver-competency",
        "domain": "new.onmicrosoft.com",
        "administrator": "admin@new.onmicrosoft.com", "machine": "pc", "subject": "S",
    ]

    private static func file(of route: Route, organization: String, user: String) -> String {
        switch route.name {
        case "importSkus": "Product_Display_Name,String_Id,GUID\n"
        case "importTokens": "code,sku,seats\nBCDFG-HJKMP-QRTVW-XY234-9999B,ENTERPRISEPACK,25\n"
        case "importKeys": "key,product,activations\nBCDFG-HJKMP-QRTVW-XY234-9998B,windows-server,1\n"
        case "switchUsers": "user,to,org\n\(user),on-premises,\(organization)\n"
        default: "\n"
        }
    }

    /// A request of `entry`, with `ids` in its path, query and body.
    ///
    /// - Parameter key: nil for a dry run, where there is one.
    static func request(_ entry: Endpoint, _ ids: [String: String], key: String? = "k") throws -> String {
        guard case .object(let input) = try WireShape.of(entry.input) else { return "" }
        func text(_ field: WireObject.Field) -> String? {
            // One of two ways to name the same thing.
            if field.name == "code", input.fields.contains(where: { $0.name == "token" || $0.name == "key" }) {
                return nil
            }
            return ids[field.name] ?? (field.isRequired ? values[field.name] : nil)
        }
        func escaped(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
        }
        var path = entry.route.path
        for name in entry.route.parameterNames {
            let field = WireObject.Field(name: name, shape: .text, isRequired: true)
            let shape = input.fields.first { $0.name == name }?.shape ?? .text
            guard case .text(let example) = shape.example(named: name) else { continue }
            path = path.replacingOccurrences(of: "{\(name)}", with: escaped(text(field) ?? example))
        }
        var members: [WireValue.Member] = []
        for field in input.fields where !entry.route.parameterNames.contains(field.name) {
            if let text = text(field) {
                members.append(.init(name: field.name, value: .text(text)))
            } else if field.isRequired {
                members.append(
                    .init(name: field.name, value: field.shape.example(named: field.name))
                )
            }
        }
        let head =
            "Host: x\r\nX-Request-Id: r\r\nConnection: close\r\n" + (key.map { "Idempotency-Key: \($0)\r\n" } ?? "")
        let option = key == nil && entry.route.isWrite && !entry.showsSecret ? "?dryRun=true" : ""
        let query = members.compactMap { member -> String? in
            switch member.value {
            case .text(let text): "\(member.name)=\(escaped(text))"
            case .number(let number): "\(member.name)=\(number)"
            case .flag(let flag): "\(member.name)=\(flag)"
            default: nil
            }
        }.joined(separator: "&")
        let target = query.isEmpty ? path : "\(path)?\(query)"
        let method = entry.route.method.rawValue
        if entry.takesFile {
            let file = file(of: entry.route, organization: ids["organization"] ?? "", user: ids["user"] ?? "")
            // Which organisation's rows a file has stands in the file.
            let rest =
                entry.route.name == "switchUsers" || query.isEmpty
                ? option : "?\(query)" + (option.isEmpty ? "" : "&dryRun=true")
            let place = path + rest
            return "\(method) \(place) HTTP/1.1\r\n\(head)Content-Type: text/csv\r\nContent-Length: "
                + "\(file.utf8.count)\r\n\r\n\(file)"
        }
        guard entry.route.hasBody else { return "\(method) \(target) HTTP/1.1\r\n\(head)\r\n" }
        let body = WireValue.object(members).serialized
        return "\(method) \(path)\(option) HTTP/1.1\r\n\(head)Content-Type: application/json\r\nContent-Length: "
            + "\(body.utf8.count)\r\n\r\n\(body)"
    }

    /// What somebody can see of an answer, and what the ledger says of it, without the ids that were asked for.
    private struct Traces: Hashable, CustomStringConvertible {
        let status: Int
        let headers: [String: String]
        let body: String
        let rows: [String]

        var description: String { "\(status) \(headers) \(body) \(rows)" }
    }

    private static func ask(_ daemon: TestDaemon, _ caller: Caller, _ request: String) async throws -> Traces {
        let known = try await ledger(daemon).count
        daemon.peers.become(caller)
        let answer = try await RawClient.ask(daemon.socketPath, request)
        var headers = answer.headers
        headers["date"] = nil
        let rows = try await ledger(daemon).dropFirst(known).map { row in
            neutral("\(row.actor) \(row.organizationID?.value ?? "-") \(row.action) \(row.subject) \(row.changes)")
        }
        return Traces(status: answer.status, headers: headers, body: neutral(answer.body), rows: rows)
    }

    private static func neutral(_ text: String) -> String {
        // Pseudonyms are salted.
        let text = text.replacing(/[0-9a-f]{32}@person.invalid/, with: "<person>")
        return ids.sorted { $0.key < $1.key }.reduce(text) { text, id in
            text.replacingOccurrences(of: id.value.there, with: "<\(id.key)>")
                .replacingOccurrences(of: id.value.nowhere, with: "<\(id.key)>")
        }
    }

    private static func ledger(_ daemon: TestDaemon) async throws -> [AuditEntry] {
        try await daemon.service.store.read(within: nil) {
            try $0.auditEntries(.all, after: .beginning, limit: 10_000)
        }
    }

    private static func prepare(_ daemon: TestDaemon, _ ids: [String: String], alike code: String) async throws {
        func text(_ name: String) -> String { ids[name] ?? "" }
        let organization = OrganizationID(stored: text("organization"))
        _ = try await daemon.perform(try daemon.organization(organization.value))
        if text("location") != "hq" {
            _ = try await daemon.perform(
                AddLocation(
                    organization: organization,
                    id: LocationID(stored: text("location")),
                    name: KeptText(stored: "Office"),
                    country: try CountryCode("DE")
                )
            )
        }
        _ = try await daemon.perform(
            AddEnrollment(
                organization: organization,
                program: ProgramID(stored: "silver-competency"),
                startsOn: try #require(CalendarDate("2026-01-01")),
                id: EnrollmentID(stored: text("enrollment")),
                tokens: .mint
            )
        )
        let keys = Array("key,product,activations\n\(code),windows-server,10\n".utf8)
        _ = try await daemon.perform(
            ImportKeys(
                enrollment: EnrollmentID(stored: text("enrollment")),
                file: UploadedFile(name: "keys.csv", digest: "d") { Chunk(bytes: keys) }
            )
        )
        let user = try UserPrincipalName(text("user"))
        _ = try await daemon.perform(
            SignUpTenant(
                organization: organization,
                domain: try DomainName(text("tenant")),
                administrator: user,

                service: .office365
            )
        )
        _ = try await daemon.perform(
            AssignLicense(organization: organization, userPrincipalName: user, product: .officeSuite)
        )
        _ = try await daemon.perform(
            GrantAccess(
                organization: organization,
                principal: try #require(Principal(text("principal"))),
                permission: .keys
            )
        )
    }

    static func withTwoOrganizations(_ body: @escaping @Sendable (TestDaemon) async throws -> Void) async throws {
        try await withDaemon { daemon in
            try await prepare(daemon, ids.mapValues(\.there), alike: "BCDFG-HJKMP-QRTVW-XY234-6789B")
            try await prepare(daemon, own, alike: "BCDFG-HJKMP-QRTVW-XY234-6788B")
            try await body(daemon)
        }
    }

    @Test("R13: a stranger is answered alike about what exists and what does not, and so says the ledger")
    func stranger() async throws {
        try await Self.withTwoOrganizations { daemon in
            for (index, entry) in EndpointTable.all.enumerated() {
                let stranger = TestPeers.user("stranger-\(index)")
                let there = try await Self.ask(daemon, stranger, Self.request(entry, Self.ids.mapValues(\.there)))
                let nowhere = try await Self.ask(daemon, stranger, Self.request(entry, Self.ids.mapValues(\.nowhere)))
                #expect(there == nowhere, "\(entry.route.name)")
                // Anything else would be told before access is looked at, and the test would prove nothing.
                #expect([200, 403, 404].contains(there.status), "\(entry.route.name): \(there)")
                // What is public says by itself which editions there are.
                let isPublic = there.status == 200 || entry.route.name == "diffPrograms"
                #expect(there.rows.count == (isPublic ? 0 : 1), "\(entry.route.name): \(there)")
                #expect(
                    there.rows.allSatisfy { $0.hasPrefix("user:stranger-\(index) - access.denied registry ") },
                    "\(entry.route.name): \(there)"
                )
                #expect(!there.body.contains("Did you mean"), "\(entry.route.name): \(there)")
            }
        }
    }

    @Test("R13: nor is the administrator of another organisation told, whatever they name beside their own")
    func outsider() async throws {
        try await Self.withTwoOrganizations { daemon in
            let eve = TestPeers.user("eve")
            _ = try await daemon.perform(
                GrantAccess(
                    organization: OrganizationID(stored: "fabrikam"),
                    principal: eve.principal,
                    permission: .administrator
                )
            )
            for entry in EndpointTable.all {
                guard case .object(let input) = try WireShape.of(entry.input) else { continue }
                let asked = Set(input.fields.map(\.name) + (entry.takesFile ? ["organization", "user"] : []))
                for name in asked.sorted() {
                    guard let id = Self.ids[name] else { continue }
                    var ids = Self.own
                    ids[name] = id.there
                    let there = try await Self.ask(daemon, eve, Self.request(entry, ids, key: nil))
                    ids[name] = id.nowhere
                    let nowhere = try await Self.ask(daemon, eve, Self.request(entry, ids, key: nil))
                    #expect(there.status == nowhere.status, "\(entry.route.name) \(name)")
                    #expect(there.headers == nowhere.headers, "\(entry.route.name) \(name)")
                    if there.status >= 400 { #expect(there.body == nowhere.body, "\(entry.route.name) \(name)") }
                }
            }
        }
    }

    @Test("R15: a code and a tenant tell a stranger nothing, whether either exists")
    func codes() async throws {
        try await Self.withTwoOrganizations { daemon in
            let code = try await daemon.service.reveal(
                RevealToken(token: TokenID(number: 1)),
                as: TestDaemon.owner,
                options: CommandOptions(requestID: "r")
            ).code
            let invented = "BCDFG-HJKMP-QRTVW-XY234-\(code.lastGroup)"
            var answers: Set<Traces> = []
            for tenant in ["x.onmicrosoft.com", "y.onmicrosoft.com"] {
                for code in [code.revealed, invented] {
                    for key in ["used", "unused"] {
                        let body = #"{"code":"\#(code)","tenant":"\#(tenant)"}"#
                        let headers = "X-Request-Id: r\r\nIdempotency-Key: \(key)\r\n"
                        let request = RawClient.post("/v1/redemptions", body, headers: headers)
                        answers.insert(try await Self.ask(daemon, TestPeers.user("mallory"), request))
                    }
                }
                // Now "used" is a key of the owner's.
                _ = try? await daemon.service.perform(
                    RedeemToken(
                        code: code,
                        tenant: try TenantReference("x.onmicrosoft.com"),
                        on: nil,
                        intent: .add
                    ),
                    as: TestDaemon.owner,
                    options: CommandOptions(idempotencyKey: "used", requestID: "o")
                )
            }
            #expect(answers.count == 1, "\(answers)")
            #expect(answers.first?.status == 404)
        }
    }

    private struct Chunk: ChunkSource {
        var bytes: [UInt8]?

        mutating func next() throws -> [UInt8]? {
            defer { bytes = nil }
            return bytes
        }
    }
}
