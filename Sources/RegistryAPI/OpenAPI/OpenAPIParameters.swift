import Registry

/// The parameters and headers that many operations share.
enum OpenAPIParameters {
    static let components = WireValue.members([
        "DryRun": .members([
            "name": "dryRun",
            "in": "query",
            "description": "The same checks and the same answer, but nothing is written.",
            "schema": .members(["type": "boolean"]),
        ]),
        "Override": .members([
            "name": "override",
            "in": "query",
            "description":
                "A rule that is overridden by name; recorded where it made the difference. May be given more than once.",
            "schema": .members([
                "type": "array",
                "items": .members([
                    "type": "string", "enum": .list(OverridableRule.allCases.map { .text($0.rawValue) }),
                ]),
            ]),
            "example": ["R37"],
        ]),
        "IdempotencyKey": .members([
            "name": "Idempotency-Key",
            "in": "header",
            "description": "The same key and request always return the first answer. Refused if it looks like a code.",
            "schema": .members([
                "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$",
            ]),
            "example": "5f0c1ad2-redeem-17",
        ]),
        "RequestId": .members([
            "name": "X-Request-Id",
            "in": "header",
            "description":
                "Identifies the request in the ledger and in every log; generated if absent. Refused if it looks like a code.",
            "schema": .members([
                "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9._-]+$",
            ]),
            "example": "import-2026-03-02",
        ]),
    ])

    static let headers = WireValue.members([
        "RequestId": .members([
            "description": "The request's id, as in the ledger and the logs.",
            "schema": .members(["type": "string"]),
        ])
    ])
}
