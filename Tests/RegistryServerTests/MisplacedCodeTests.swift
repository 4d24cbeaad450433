import Foundation
import RegistrySQLite
import Testing

@testable import Registry
@testable import RegistryAPI
@testable import RegistryServer

/// A code in every place of every request where none belongs. Made from the endpoint table, so that no operation is
/// forgotten.
@Suite("Codes in the wrong place")
struct MisplacedCodeTests {
    private static let code = "XKB4C-T9V2M-QH7RD-6WJ3P-BCDFG"

    /// What the code looks like; a request gets the first and one of the others.
    private static let forms = [
        code, code.lowercased(), code.replacingOccurrences(of: "-", with: ""),
        code.replacingOccurrences(of: "-", with: " "),
        code.replacingOccurrences(of: "-", with: "–"), "user:\(code)", "\(code)@contoso.onmicrosoft.com",
        "\(code.lowercased()).onmicrosoft.com", "\(String(repeating: "x", count: 40)) \(code)",
    ]

    /// What an example does not say well enough to be carried out.
    private static let values: [String: String] = [
        "to": "cloud", "location": "", "tenant": "contoso.onmicrosoft.com", "enrollment": "gold", "key": "K1",
        "token": "T1",
        "tokens": "none", "id": "new",
    ]

    /// `node` with one of its texts replaced by `text`: one for each text in it.
    private static func replaced(_ node: WireValue, by text: String) -> [WireValue] {
        switch node {
        case .list(let items):
            items.indices.flatMap { index in
                replaced(items[index], by: text).map { item in
                    var items = items
                    items[index] = item
                    return .list(items)
                }
            }
        case .object(let members):
            members.indices.flatMap { index in
                replaced(members[index].value, by: text).map { value in
                    var members = members
                    members[index] = .init(name: members[index].name, value: value)
                    return .object(members)
                }
            }
        default: [.text(text)]
        }
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }

    private static func file(of route: Route) -> String {
        switch route.name {
        case "importSkus": "Product_Display_Name,String_Id,GUID\nName,NEW,3f2504e0-4f89-41d3-9a0c-0305e82c3301\n"
        case "importTokens": "code,sku,seats\nQW2RT-YPD4F-GH6JK-XC8VB-BCDF2,ENTERPRISEPACK,25\n"
        case "importKeys":
            "key,product,activations,version,type,source\nQW2RT-YPD4F-GH6JK-XC8VB-BCDF3,windows-server,1,2016,MAK,program\n"
        default: "user,to,org\nanna@contoso.onmicrosoft.com,on-premises,contoso\n"
        }
    }

    private static func request(
        _ route: Route,
        _ input: [WireValue.Member],
        headers: String = "",
        file: String? = nil
    ) -> String {
        var path = route.path
        var members: [WireValue.Member] = []
        for member in input {
            if path.contains("{\(member.name)}"), case .text(let text) = member.value {
                path = path.replacingOccurrences(of: "{\(member.name)}", with: escaped(text))
            } else {
                members.append(member)
            }
        }
        var body = ""
        if route.hasBody, file == nil {
            body = WireValue.object(members).serialized
        } else {
            let query = members.map { member in
                let text = if case .text(let text) = member.value { text } else { member.value.serialized }
                return "\(member.name)=\(escaped(text))"
            }
            if !query.isEmpty { path += "?" + query.joined(separator: "&") }
            body = file ?? ""
        }
        let type = route.hasBody ? "Content-Type: \(file == nil ? "application/json" : "text/csv")\r\n" : ""
        let length = route.hasBody ? "Content-Length: \(body.utf8.count)\r\n" : ""
        return
            "\(route.method.rawValue) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(headers)\(type)\(length)\r\n\(body)"
    }

    /// Every request of `entry` with a code in one place.
    private static func requests(_ entry: Endpoint, turn: inout Int) throws -> [String] {
        guard case .object(let input) = try WireShape.of(entry.input) else { return [] }
        func example(_ field: WireObject.Field) -> WireValue? {
            if let text = values[field.name] { return text.isEmpty ? nil : .text(text) }
            return field.shape.example(named: field.name)
        }
        let required = input.fields.filter(\.isRequired)
        let plain = required.compactMap { field in example(field).map { WireValue.Member(name: field.name, value: $0) }
        }
        let file = entry.takesFile ? file(of: entry.route) : nil
        var requests: [String] = []
        for field in input.fields {
            turn += 1
            for form in [forms[0], forms[1 + turn % (forms.count - 1)]] {
                let example = field.shape.example(named: field.name)
                for value in replaced(example, by: form) + [.text(form)] {
                    let others = plain.filter { $0.name != field.name }
                    requests.append(request(entry.route, others + [.init(name: field.name, value: value)], file: file))
                }
            }
        }
        requests += [
            request(entry.route, plain, headers: "Idempotency-Key: \(code)\r\n", file: file),
            request(entry.route, plain, headers: "X-Request-Id: \(code)\r\n", file: file),
            request(entry.route, plain, headers: "Content-Type: \(code)\r\nExpect: \(code)\r\n", file: file),
            request(entry.route, plain + [.init(name: code, value: .text(code))], file: file),
            request(entry.route, plain + [.init(name: "override", value: .text(code))], file: file),
        ]
        if let file {
            var rows = file.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
            for line in rows.indices {
                for column in rows[line].indices {
                    let before = rows[line][column]
                    rows[line][column] = code
                    let text = rows.map { $0.joined(separator: ",") }.joined(separator: "\n")
                    requests.append(request(entry.route, plain, file: text))
                    rows[line][column] = before
                }
            }
        }
        return requests
    }

    @Test("R15: a code in any field, header, path or file is in no answer, log, database or backup")
    func everyPlace() async throws {
        try await withDaemon { daemon in
            try await prepare(daemon)
            var turn = 0
            var requests = try EndpointTable.all.flatMap { try Self.requests($0, turn: &turn) }
            for path in ["/\(Self.code)", "/v1/\(Self.code)", "/healthz?\(Self.code)=1", "/v1/tokens/T1/\(Self.code)"] {
                requests.append(RawClient.get(path))
            }
            requests.append("\(Self.code) /v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
            requests.append(RawClient.post("/v1/redemptions", #"{"\#(Self.code)":1,"\#(Self.code)":2}"#))
            #expect(requests.count > 500)
            var masked = 0
            for caller in [TestDaemon.owner, TestPeers.user("eve"), TestPeers.user("mallory")] {
                daemon.peers.become(caller)
                // Who may do less tries less.
                for (index, request) in requests.enumerated() where caller.ownsRegistry || index.isMultiple(of: 3) {
                    let answer = try await RawClient.ask(daemon.socketPath, request)
                    #expect(answer.status != 500, "\(request)")
                    #expect(!Self.holdsCode(Data("\(answer.headers) \(answer.body)".utf8)), "\(request)\n\(answer)")
                    if answer.body.contains("•") { masked += 1 }
                }
            }
            #expect(masked > 100)
            _ = try daemon.registry.backup(to: "\(daemon.directory)/backup.db")
            for (name, bytes) in try Self.files(in: daemon.directory) {
                #expect(!Self.holdsCode(bytes), "\(name)")
            }
        }
    }

    /// Whether the code's first four groups stand there, whatever separates them.
    private static func holdsCode(_ bytes: Data) -> Bool {
        let letters = bytes.compactMap { byte -> UInt8? in
            switch byte {
            case 0x30...0x39, 0x41...0x5A: byte
            case 0x61...0x7A: byte - 32
            default: nil
            }
        }
        return Data(letters).range(of: Data("XKB4CT9V2MQH7RD6WJ3P".utf8)) != nil
    }

    /// The files that the daemon writes to, as they are while the registry is open.
    private static func files(in directory: String) throws -> [(name: String, bytes: Data)] {
        let copies = "\(directory)/copies"
        try FileManager.default.createDirectory(atPath: copies, withIntermediateDirectories: true)
        let names = ["r/registry.db", "r/registry.db-wal", "backup.db", "log"]
        let copying = try Process.run(
            URL(fileURLWithPath: "/bin/cp"),
            arguments: names.map { "\(directory)/\($0)" } + [copies]
        )
        copying.waitUntilExit()
        return try names.map { name in
            let copy = "\(copies)/\(name.split(separator: "/").last ?? "")"
            let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
            #expect(!bytes.isEmpty, "\(name)")
            return (name, bytes)
        }
    }

    private func prepare(_ daemon: TestDaemon) async throws {
        let contoso = OrganizationID(stored: "contoso")
        _ = try await daemon.perform(try daemon.organization("contoso"))
        _ = try await daemon.perform(
            AddEnrollment(
                organization: contoso,
                program: ProgramID(stored: "silver-competency"),
                startsOn: try #require(CalendarDate("2026-01-01")),
                id: EnrollmentID(stored: "gold"),
                tokens: .mint
            )
        )
        _ = try await daemon.perform(
            SignUpTenant(
                organization: contoso,
                domain: try DomainName("contoso.onmicrosoft.com"),
                administrator: try UserPrincipalName("admin@contoso.onmicrosoft.com"),

                service: .office365
            )
        )
        _ = try await daemon.perform(
            GrantAccess(
                organization: contoso,
                principal: Principal(stored: "user:eve"),
                permission: .administrator
            )
        )
    }
}
