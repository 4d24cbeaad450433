import Foundation
import Testing

@testable import RegistryAPI
@testable import RegistryServer

@Suite("The OpenAPI document")
struct OpenAPITests {
    private func document() throws -> [String: Any] {
        let json = try OpenAPIDocument.json()
        return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test("It names every route, and no other")
    func routes() throws {
        let paths = try #require(try document()["paths"] as? [String: [String: Any]])
        let documented = Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
        let served =
            EndpointTable.all.map { "\($0.route.method.rawValue) \($0.route.path)" }
            + ServiceRoute.allCases.map { "\($0.method.rawValue) \($0.path)" }
        #expect(documented == Set(served))
        #expect(served.count == Set(served).count)
    }

    @Test("Every route is found by its own path, with its parameters", arguments: EndpointTable.all.map(\.route))
    func resolution(_ route: Route) throws {
        let table = RouteTable(EndpointTable.all, metrics: ServerMetrics())
        let target = try RequestTarget(
            "/" + route.path.split(separator: "/").map { $0.hasPrefix("{") ? "x" : String($0) }.joined(separator: "/")
        )
        let (found, parameters) = try table.route(route.method.rawValue, target.segments)
        guard case .operation(let entry) = found.handler else {
            Issue.record("\(route.path) is not an operation")
            return
        }
        #expect(entry.route == route)
        #expect(parameters.map(\.name) == route.parameterNames)
    }

    @Test("An operation's name stands once")
    func names() {
        let names = EndpointTable.all.map(\.route.name) + ServiceRoute.allCases.map(\.name)
        #expect(names.count == Set(names).count)
    }

    @Test("A path's parameters are fields of the input", arguments: EndpointTable.all.map(\.route))
    func parameters(_ route: Route) throws {
        let entry = try #require(EndpointTable.all.first { $0.route == route })
        guard case .object(let input) = try WireShape.of(entry.input) else {
            Issue.record("the input is no object")
            return
        }
        #expect(Set(route.parameterNames).isSubset(of: input.fields.filter(\.isRequired).map(\.name)))
    }

    @Test("Every reference leads somewhere")
    func references() throws {
        let document = try document()
        let components = try #require(document["components"] as? [String: [String: Any]])
        var found = 0
        func visit(_ value: Any) {
            if let object = value as? [String: Any] {
                if let reference = object["$ref"] as? String {
                    let parts = reference.split(separator: "/").map(String.init)
                    #expect(components[parts[2]]?[parts[3]] != nil, "\(reference)")
                    found += 1
                }
                object.values.forEach(visit)
            } else if let list = value as? [Any] {
                list.forEach(visit)
            }
        }
        visit(document)
        #expect(found > 200)
    }

    @Test("What only reads takes no dry run and no idempotency key, in a body as in a query")
    func reading() throws {
        let paths = try #require(try document()["paths"] as? [String: [String: [String: Any]]])
        let plan = try #require(paths["/v1/renewals/{enrollment}/plan"])
        for method in ["get", "post"] {
            let parameters = try #require(plan[method]?["parameters"] as? [[String: Any]])
            #expect(!parameters.compactMap { $0["$ref"] as? String }.contains { $0.hasSuffix("IdempotencyKey") })
        }
        #expect(plan["post"]?["requestBody"] != nil)
    }

    @Test("It is strict JSON, in which no name stands twice")
    func strict() throws {
        _ = try JSONScanner.scan(try OpenAPIDocument.json().utf8)
    }

    @Test(
        "The example of every request is one that its use case reads, and that of every answer one that its type reads"
    )
    func examples() throws {
        var count = 0
        guard case .object(let document) = try JSONScanner.scan(try OpenAPIDocument.json().utf8) else { return }
        let paths = document.first { $0.name == "paths" }?.value.members ?? []
        for entry in EndpointTable.all {
            let methods = paths.first { $0.name == entry.route.path }?.value.members ?? []
            let operation = methods.first { $0.name == entry.route.method.rawValue.lowercased() }?.value ?? .null
            func member(_ value: WireValue, _ names: String...) -> WireValue {
                names.reduce(value) { value, name in value.members.first { $0.name == name }?.value ?? .null }
            }
            guard case .list(let parameters) = member(operation, "parameters") else { continue }
            let examples = parameters.compactMap { parameter -> WireValue.Member? in
                guard case .text(let name) = member(parameter, "name"), member(parameter, "example") != .null else {
                    return nil
                }
                return .init(name: name, value: member(parameter, "example"))
            }
            let body = member(operation, "requestBody", "content", "application/json", "example").members
            let answer = member(
                operation,
                "responses",
                String(entry.route.successStatus),
                "content",
                "application/json",
                "example"
            )
            #expect(throws: Never.self, "\(entry.route.name)") {
                _ = try JSONDecoder().decode(entry.output, from: Data(answer.serialized.utf8))
            }
            #expect(throws: Never.self, "\(entry.route.name)") {
                _ = try WireDecoder.decoding(.object(examples + body), entry.invocation)
            }
            count += 1
        }
        #expect(count > 60)
    }

    @Test("What may be null says so, what may be absent is not required, and a page is a schema of its own")
    func shapes() throws {
        let schemas = try #require((try document()["components"] as? [String: Any])?["schemas"] as? [String: Any])
        let page = try #require(schemas["TokenPage"] as? [String: Any])
        #expect(page["required"] as? [String] == ["items", "next"])
        let token = try #require(schemas["Token"] as? [String: Any])
        let properties = try #require(token["properties"] as? [String: [String: Any]])
        #expect(properties["tenantId"]?["type"] as? [String] == ["string", "null"])
        #expect(properties["seats"]?["type"] as? String == "integer")
        let request = try #require(schemas["RedeemTokenRequest"] as? [String: Any])
        #expect(request["required"] as? [String] == ["tenant"])
        #expect(request["additionalProperties"] as? Bool == false)
    }

    @Test("Two types of one name are told apart")
    func sameName() throws {
        let schemas = try #require((try document()["components"] as? [String: Any])?["schemas"] as? [String: Any])
        let shown = try #require(schemas["ProgramBenefit"] as? [String: Any])
        #expect((shown["required"] as? [String])?.contains("countryMaximum") == true)
        // In the licence table a maximum may be left out.
        let benefit = try #require(
            schemas.values.compactMap { $0 as? [String: Any] }.first {
                let names = ($0["properties"] as? [String: Any]).map { Set($0.keys) } ?? []
                return names.isSuperset(of: ["otherSkus", "certainty"]) && !names.contains("granted")
                    && ($0["required"] as? [String])?.contains("countryMaximum") != true
            }
        )
        #expect((benefit["required"] as? [String])?.contains("countryMaximum") != true)
    }
}
