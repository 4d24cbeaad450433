import Registry

/// The schemas of the OpenAPI document: objects become components, everything else stands where it is used.
struct OpenAPISchemas {
    private(set) var components: [WireValue.Member] = []
    /// What each component describes.
    private var objects: [String: WireObject] = [:]

    /// The schema of `shape`.
    /// - Parameter isClosed: whether a member that the object does not name is refused, as in a request.
    mutating func schema(of shape: WireShape, isClosed: Bool = false) -> WireValue {
        switch shape {
        case .text: .members(["type": "string"])
        case .form(let form): text(form)
        case .bounded(let range):
            .members(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
        case .integer: .members(["type": "integer", "format": "int64"])
        case .number: .members(["type": "number"])
        case .flag: .members(["type": "boolean"])
        case .any: .object([])
        case .list(let item): .members(["type": "array", "items": schema(of: item, isClosed: isClosed)])
        case .dictionary(let value):
            .members(["type": "object", "additionalProperties": schema(of: value, isClosed: isClosed)])
        case .nullable(let wrapped): nullable(wrapped, isClosed: isClosed)
        case .object(let object): component(object, isClosed: isClosed)
        }
    }

    /// What the value's own type says of its texts.
    private func text(_ form: TextForm) -> WireValue {
        var schema = WireValue.members(["type": "string", "description": .text(form.summary)])
        if let pattern = form.pattern { schema = schema.adding("pattern", .text(pattern)) }
        if let format = form.format { schema = schema.adding("format", .text(format)) }
        if let length = form.maximumLength { schema = schema.adding("maxLength", .integer(length)) }
        return form.choices.isEmpty ? schema : schema.adding("enum", .list(form.choices.map(WireValue.text)))
    }

    private mutating func nullable(_ wrapped: WireShape, isClosed: Bool) -> WireValue {
        let schema = schema(of: wrapped, isClosed: isClosed)
        switch wrapped {
        case .text, .form, .integer, .number, .flag:
            return .object(
                schema.members.map { member in
                    switch (member.name, member.value) {
                    case ("type", let type): .init(name: "type", value: [type, "null"])
                    case ("enum", .list(let words)): .init(name: "enum", value: .list(words + [.null]))
                    default: member
                    }
                }
            )
        case .any: return schema
        default: return .members(["anyOf": [schema, .members(["type": "null"])]])
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
        var name = object.name
        // A programme as it is shown, and as the licence table has it.
        while let other = objects[name], other != object { name += "Entry" }
        let reference = WireValue.reference("schemas/\(name)")
        guard objects.updateValue(object, forKey: name) == nil else { return reference }
        let place = components.count
        components.append(.init(name: name, value: .null))
        var schema = WireValue.members([
            "type": "object",
            "properties": .object(
                object.fields.map { field in
                    let schema = self.schema(of: field.shape, isClosed: isClosed)
                    return .init(
                        name: field.name,
                        value: isClosed ? PlainFields.constraining(field.name, schema) : schema
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
        components[place] = .init(name: name, value: schema)
        return reference
    }
}
