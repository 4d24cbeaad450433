import Registry

/// Values that show what a field looks like.
enum OpenAPIExamples {
    private static let texts: [String: String] = [
        "organization": "contoso", "organizationId": "contoso", "name": "Contoso Ltd", "country": "DE",
        "timeZone": "Europe/Berlin", "portal": "partner-center", "yearLength": "calendar",
        "anniversaryBasis": "current-anniversary", "location": "hq", "locationId": "hq",
        "program": "silver-competency", "enrollment": "E1", "enrollmentId": "E1", "token": "T42", "tokenId": "T42",
        "tokens": "none", "code": "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX", "maskedCode": "•••••-•••••-•••••-•••••-J4K2M",
        "tenant": "contoso.onmicrosoft.com", "tenantDomain": "contoso.onmicrosoft.com",
        "domain": "contoso.onmicrosoft.com", "domains": "contoso.onmicrosoft.com",
        "tenantId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "administrator": "admin@contoso.onmicrosoft.com",
        "userPrincipalName": "anna@contoso.onmicrosoft.com", "user": "anna@contoso.onmicrosoft.com",
        "sku": "ENTERPRISEPACK", "skuPartNumber": "ENTERPRISEPACK", "skuId": "6fd2c87f-b296-42f0-b197-1e91e994b900",
        "skuIds": "6fd2c87f-b296-42f0-b197-1e91e994b900", "displayNames": "Office 365 E3", "family": "E",
        "product": "office-suite", "service": "office-365", "status": "redeemed", "intent": "add",
        "source": "program", "principal": "user:alice", "permission": "keys", "actor": "user:alice",
        "action": "token.redeem", "subject": "T42", "requestId": "r-8c1f2e", "purpose": "internal-use",
        "rule": "R29", "competency": "Cloud Platform", "certainty": "certain", "fee": "120.50",
        "kind": "silver-competency", "capabilityStatus": "Enabled",
    ]

    static func example(of shape: WireShape, named name: String) -> WireValue {
        switch shape {
        case .text: .text(text(named: name))
        case .form(let form): .text(form.example)
        case .bounded(let range): .integer(range.upperBound)
        case .integer: name == "limit" ? 100 : name == "seats" ? 25 : 1
        case .number: 1
        case .flag: false
        case .any: .object([])
        case .choice(let values): values.first.map(WireValue.text) ?? .null
        case .list(let item): [example(of: item, named: name)]
        case .dictionary(let value): .object([.init(name: "name", value: example(of: value, named: "name"))])
        case .nullable(let wrapped): example(of: wrapped, named: name)
        case .object(let object):
            .object(object.fields.map { .init(name: $0.name, value: example(of: $0.shape, named: $0.name)) })
        }
    }

    private static func text(named name: String) -> String {
        if let text = texts[name] { return text }
        if name == "on" || name == "asOf" || name == "since" || name == "until" || name.hasSuffix("On")
            || name.hasSuffix("Through")
        {
            return "2026-03-02"
        }
        if name == "at" || name == "from" || name.hasSuffix("At") {
            return "2026-03-02T09:30:00Z"
        }
        return name.isEmpty ? "text" : name
    }
}
