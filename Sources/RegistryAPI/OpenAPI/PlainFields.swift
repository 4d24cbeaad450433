import Registry

/// What the OpenAPI document says of fields whose types are plain texts and numbers. All others speak for themselves.
enum PlainFields {
    private static let examples: KeyValuePairs<String, WireValue> = [
        "action": "token.redeem", "actor": "user:alice", "grantedBy": "user:alice", "principal": "user:alice",
        "maskedCode": "•••••-•••••-•••••-•••••-J4K2M", "name": "Contoso Ltd", "product": "office-suite",
        "requestId": "r-8c1f2e", "seats": 25, "skuId": "6fd2c87f-b296-42f0-b197-1e91e994b900",
        "skuIds": "6fd2c87f-b296-42f0-b197-1e91e994b900", "skuPartNumber": "ENTERPRISEPACK", "subject": "T42",
    ]

    /// The schema of a request's field with the constraints that its use case checks.
    static func constraining(_ name: String, _ schema: WireValue) -> WireValue {
        switch name {
        case "after": schema.setting("description", to: "The last page's \"next\"; the list goes on after it.")
        case "seats": schema.setting("minimum", to: 1).setting("maximum", to: 1_000_000)
        default: schema
        }
    }

    fileprivate static func example(_ name: String, or other: WireValue) -> WireValue {
        examples.first { $0.key == name }?.value ?? other
    }
}

extension WireShape {
    /// A value of this shape, as the field called `name` may have it.
    func example(named name: String) -> WireValue {
        switch self {
        case .text: PlainFields.example(name, or: .text(name.isEmpty ? "text" : name))
        case .form(let form): .text(form.example)
        case .bounded(let range): .integer(range.upperBound)
        case .integer: PlainFields.example(name, or: 1)
        case .number: 1
        case .flag: false
        case .any: .object([])
        case .list(let item): [item.example(named: name)]
        case .dictionary(let value): .object([.init(name: "name", value: value.example(named: "name"))])
        case .nullable(let wrapped): wrapped.example(named: name)
        case .object(let object):
            .object(object.fields.map { .init(name: $0.name, value: $0.shape.example(named: $0.name)) })
        }
    }
}
