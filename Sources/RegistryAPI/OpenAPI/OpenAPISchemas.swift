import Registry

/// The schemas of the OpenAPI document: objects become components, everything else stands where it is used.
struct OpenAPISchemas {
    private(set) var components: [WireValue.Member] = []

    /// The schema of `shape`.
    /// - Parameter isClosed: whether a member that the object does not name is refused, as in a request.
    mutating func schema(of shape: WireShape, isClosed: Bool = false) -> WireValue {
        switch shape {
        case .text: .members(["type": "string"])
        case .form(let form): text(form, type: "string")
        case .bounded(let range):
            .members(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
        case .integer: .members(["type": "integer", "format": "int64"])
        case .number: .members(["type": "number"])
        case .flag: .members(["type": "boolean"])
        case .any: .object([])
        case .choice(let values): .members(["type": "string", "enum": .list(values.map(WireValue.text))])
        case .list(let item): .members(["type": "array", "items": schema(of: item, isClosed: isClosed)])
        case .dictionary(let value):
            .members(["type": "object", "additionalProperties": schema(of: value, isClosed: isClosed)])
        case .nullable(let wrapped): nullable(wrapped, isClosed: isClosed)
        case .object(let object): component(object, isClosed: isClosed)
        }
    }

    /// What the value's own type says of its texts.
    private func text(_ form: TextForm, type: WireValue) -> WireValue {
        var schema = WireValue.members(["type": type, "description": .text(form.summary)])
        if let pattern = form.pattern { schema = schema.adding("pattern", .text(pattern)) }
        if let format = form.format { schema = schema.adding("format", .text(format)) }
        if let length = form.maximumLength { schema = schema.adding("maxLength", .integer(length)) }
        guard !form.choices.isEmpty else { return schema }
        let isNullable = if case .list = type { true } else { false }
        return schema.adding("enum", .list(form.choices.map(WireValue.text) + (isNullable ? [.null] : [])))
    }

    private mutating func nullable(_ wrapped: WireShape, isClosed: Bool) -> WireValue {
        switch wrapped {
        case .text: .members(["type": ["string", "null"]])
        case .form(let form): text(form, type: ["string", "null"])
        case .integer: .members(["type": ["integer", "null"], "format": "int64"])
        case .number: .members(["type": ["number", "null"]])
        case .flag: .members(["type": ["boolean", "null"]])
        case .any: .object([])
        case .choice(let values):
            .members(["type": ["string", "null"], "enum": .list(values.map(WireValue.text) + [.null])])
        default: .members(["anyOf": [schema(of: wrapped, isClosed: isClosed), .members(["type": "null"])]])
        }
    }

    private mutating func component(_ object: WireObject, isClosed: Bool) -> WireValue {
        if let answer = object.answer {
            // An answer of its own, which is also listed and shown, and beside it whether it was a dry run.
            let performed = WireObject(name: "Performed", fields: object.without(Set(answer.fields.map(\.name))).fields)
            return .members([
                "allOf": [component(answer, isClosed: isClosed), component(performed, isClosed: isClosed)]
            ])
        }
        let reference = WireValue.reference("schemas/\(object.name)")
        if components.contains(where: { $0.name == object.name }) { return reference }
        let place = components.count
        components.append(.init(name: object.name, value: .null))
        var schema = WireValue.members([
            "type": "object",
            "properties": .object(
                object.fields.map { field in
                    let schema = self.schema(of: field.shape, isClosed: isClosed)
                    return .init(
                        name: field.name,
                        value: isClosed ? OpenAPIConstraints.adding(to: field.name, schema) : schema
                    )
                }
            ),
        ])
        let required = object.fields.filter(\.isRequired).map { WireValue.text($0.name) }
        if !required.isEmpty { schema = schema.adding("required", .list(required)) }
        if isClosed { schema = schema.adding("additionalProperties", false) }
        if !object.alternatives.isEmpty {
            let one = object.alternatives.map { WireValue.members(["required": [.text($0)]]) }
            schema = schema.adding("oneOf", .list(one))
        }
        components[place] = .init(name: object.name, value: schema)
        return reference
    }
}
