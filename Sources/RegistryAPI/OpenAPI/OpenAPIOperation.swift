/// One operation of the OpenAPI document.
struct OpenAPIOperation {
    let entry: Endpoint
    private let input: WireObject

    init(_ entry: Endpoint) throws {
        self.entry = entry
        switch try WireShape.of(entry.input) {
        case .object(let object): input = object
        default: input = WireObject(name: "", fields: [])
        }
    }

    private var route: Route { entry.route }

    private var pathNames: [String] { route.parameterNames }

    func described(in schemas: inout OpenAPISchemas) throws -> WireValue {
        var operation = WireValue.members([
            "operationId": .text(route.name),
            "summary": .text(route.summary),
            "tags": [.text(tag)],
            "parameters": .list(parameters(in: &schemas)),
        ])
        if let body = requestBody(in: &schemas) { operation = operation.adding("requestBody", body) }
        return operation.adding("responses", try responses(in: &schemas))
    }

    /// The path's first word after `/v1/`.
    private var tag: String {
        route.path.split(separator: "/").dropFirst().first.map(String.init) ?? "registry"
    }

    private func parameters(in schemas: inout OpenAPISchemas) -> [WireValue] {
        var parameters = pathNames.map { name in
            let field = input.fields.first { $0.name == name }
            return parameter(name, in: "path", field?.shape ?? .text, isRequired: true, &schemas)
        }
        // The body of an upload is the file.
        if !route.hasBody || entry.takesFile {
            for field in input.fields where !pathNames.contains(field.name) {
                parameters.append(
                    parameter(field.name, in: "query", field.shape, isRequired: field.isRequired, &schemas)
                )
            }
        }
        if route.isWrite, !entry.showsSecret {
            parameters += ["DryRun", "Override", "IdempotencyKey"].map { .reference("parameters/\($0)") }
        }
        return parameters + [.reference("parameters/RequestId")]
    }

    private func parameter(
        _ name: String,
        in place: String,
        _ shape: WireShape,
        isRequired: Bool,
        _ schemas: inout OpenAPISchemas
    ) -> WireValue {
        let described = WireValue.members([
            "name": .text(name),
            "in": .text(place),
            "required": .flag(isRequired),
            "schema": PlainFields.constraining(name, schemas.schema(of: shape)),
        ])
        // A cursor is what the last page gave; no example of one is right.
        return name == "after" ? described : described.adding("example", shape.example(named: name))
    }

    /// Bytes where the type says nothing of them, so that a generated client sends a file as it is.
    private static func schema(ofFile mediaType: String) -> WireValue {
        mediaType == "application/octet-stream"
            ? .members(["type": "string", "format": "binary"]) : .members(["type": "string"])
    }

    private func requestBody(in schemas: inout OpenAPISchemas) -> WireValue? {
        if entry.takesFile {
            return .members([
                "required": true,
                "description": "The file, unchanged.",
                "content": .object(
                    entry.mediaTypes.map { .init(name: $0, value: .members(["schema": Self.schema(ofFile: $0)])) }
                ),
            ])
        }
        let body = input.without(Set(pathNames))
        guard route.hasBody, !body.fields.isEmpty else { return nil }
        let name = route.name.prefix(1).uppercased() + route.name.dropFirst() + "Request"
        let object = WireObject(name: name, fields: body.fields, alternatives: entry.alternatives)
        // Of the alternatives the first.
        let shown = object.without(Set(entry.alternatives.dropFirst()))
        return .members([
            "required": .flag(body.fields.contains(where: \.isRequired)),
            "content": .members([
                "application/json": .members([
                    "schema": schemas.schema(of: .object(object), isClosed: true),
                    "example": WireShape.object(shown).example(named: name),
                ])
            ]),
        ])
    }

    private func responses(in schemas: inout OpenAPISchemas) throws -> WireValue {
        let shape = try WireShape.of(entry.output)
        var content: [WireValue.Member] = [
            .init(
                name: "application/json",
                value: .members([
                    "schema": schemas.schema(of: shape),
                    "example": shape.example(named: ""),
                ])
            )
        ]
        if entry.isFollowed, case .object(let page) = shape, case .list(let item)? = page.fields.first?.shape {
            content.append(
                .init(name: "application/x-ndjson", value: .members(["schema": schemas.schema(of: item)]))
            )
        }
        let success = WireValue.Member(
            name: String(route.successStatus),
            value: .members([
                "description": .text(route.summary),
                "headers": OpenAPIResponses.headers,
                "content": .object(content),
            ])
        )
        let failures = OpenAPIResponses.references(OpenAPIResponses.statuses(of: entry))
        return .object([success] + failures)
    }
}

extension Route {
    /// The names in braces, in order.
    public var parameterNames: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
            .map { String($0.dropFirst().dropLast()) }
    }
}
