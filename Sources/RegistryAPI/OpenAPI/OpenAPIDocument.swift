/// The OpenAPI 3.1 document of the daemon's interface, made from the endpoint table.
public enum OpenAPIDocument {
    /// The document as JSON.
    /// - Throws: what a wire type throws that cannot be read from empty texts and zeros.
    public static func json(of entries: [Endpoint] = EndpointTable.all) throws -> String {
        try document(entries).serialized
    }

    static func document(_ entries: [Endpoint]) throws -> WireValue {
        var schemas = OpenAPISchemas()
        var paths: [(path: String, methods: [WireValue.Member])] = []
        func add(_ path: String, _ method: String, _ operation: WireValue) {
            let member = WireValue.Member(name: method, value: operation)
            if let index = paths.firstIndex(where: { $0.path == path }) {
                paths[index].methods.append(member)
            } else {
                paths.append((path, [member]))
            }
        }
        for entry in entries {
            add(
                entry.route.path,
                entry.route.method.rawValue.lowercased(),
                try OpenAPIOperation(entry).described(in: &schemas)
            )
        }
        for route in ServiceRoute.allCases {
            let operation = serviceOperation(route, schema: try serviceSchema(route, in: &schemas))
            add(route.path, route.method.rawValue.lowercased(), operation)
        }
        return .members([
            "openapi": "3.1.0",
            "info": .members([
                "title": "tokend",
                "version": "1",
                "license": .members(["name": "See the distribution", "identifier": "LicenseRef-tokenctl"]),
                "description": .text(
                    "The registry of an organisation's cloud tokens and seats, on a Unix-domain socket. Who calls is "
                        + "what the kernel says about the connection, whatever the request says."
                ),
            ]),
            "servers": [.members(["url": "http://localhost", "description": "The daemon's socket"])],
            "paths": .object(paths.map { .init(name: $0.path, value: .object($0.methods)) }),
            "components": .members([
                "schemas": .object(schemas.components + [.init(name: "Problem", value: problemSchema)]),
                "parameters": OpenAPIParameters.components,
                "headers": OpenAPIParameters.headers,
                "responses": OpenAPIResponses.components,
            ]),
        ])
    }

    private static func serviceSchema(_ route: ServiceRoute, in schemas: inout OpenAPISchemas) throws -> WireValue {
        switch route {
        case .openAPI: .members(["type": "object"])
        case .health, .readiness: schemas.schema(of: try WireShape.of(HealthResource.self))
        case .metrics: .members(["type": "string"])
        case .webLink: schemas.schema(of: try WireShape.of(WebLinkResource.self))
        case .webSessions: schemas.schema(of: try WireShape.of(EndedWebSessionsResource.self))
        }
    }

    private static func serviceOperation(_ route: ServiceRoute, schema: WireValue) -> WireValue {
        let type = route.contentType.split(separator: ";").first.map(String.init) ?? route.contentType
        var responses: [WireValue.Member] = [
            .init(
                name: "200",
                value: .members([
                    "description": .text(route.summary),
                    "headers": OpenAPIResponses.headers,
                    "content": .object([.init(name: type, value: .members(["schema": schema]))]),
                ])
            )
        ]
        responses += OpenAPIResponses.references([400, 403, 405, 408, 413, 422, 429, 500, 503])
        return .members([
            "operationId": .text(route.name),
            "summary": .text(route.summary),
            "tags": ["service"],
            "parameters": [.reference("parameters/RequestId")],
            "responses": .object(responses),
        ])
    }

    private static let problemSchema = WireValue.members([
        "type": "object",
        "description": "RFC 9457. Further members say in numbers and names what the detail says in words.",
        "required": ["type", "title", "status", "detail", "code", "rule", "hint", "requestId", "exitCode"],
        "properties": .members([
            "type": .members(["type": "string", "format": "uri"]),
            "title": .members(["type": "string"]),
            "status": .members(["type": "integer", "minimum": 400, "maximum": 599]),
            "detail": .members(["type": "string"]),
            "code": .members(["type": "string", "description": "Stable, such as token.already-redeemed."]),
            "rule": .members(["type": ["string", "null"], "pattern": "^R[0-9]{2}$"]),
            "hint": .members(["type": ["string", "null"]]),
            "requestId": .members(["type": "string"]),
            "exitCode": .members(["type": "integer", "description": "What tokenctl ends with."]),
            "row": .members(["type": "integer"]),
            "column": .members(["type": ["string", "null"]]),
            "problems": .members([
                "type": "array",
                "items": .members([
                    "type": "object",
                    "required": ["row", "code", "detail"],
                    "properties": .members([
                        "row": .members(["type": "integer"]),
                        "column": .members(["type": ["string", "null"]]),
                        "code": .members(["type": "string"]),
                        "rule": .members(["type": ["string", "null"]]),
                        "detail": .members(["type": "string"]),
                    ]),
                ]),
            ]),
        ]),
    ])
}
