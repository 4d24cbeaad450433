/// The error responses of the OpenAPI document, each a problem document.
enum OpenAPIResponses {
    static let headers = WireValue.members(["X-Request-Id": .reference("headers/RequestId")])

    private static let descriptions: KeyValuePairs<Int, String> = [
        400: "The request cannot be read.",
        403: "The caller may not do this (R13 to R15).",
        404: "Not found.",
        405: "Method not allowed; the Allow header lists those that are.",
        408: "The request came too slowly.",
        409: "The registry's state or a rule does not allow it.",
        413: "The body is too large.",
        415: "The body is of another media type than the operation takes.",
        422: "The input can be read and is not valid.",
        429: "The caller has too many connections open.",
        431: "The headers are too large.",
        500: "Unexpected error; the log has the details under the request's id.",
        503: "The registry cannot be used, or the daemon is stopping.",
        507: "The disk is full.",
    ]

    static var components: WireValue {
        .object(
            descriptions.map { status, description in
                .init(
                    name: "Problem\(status)",
                    value: .members([
                        "description": .text(description),
                        "headers": headers,
                        "content": .members([
                            "application/problem+json": .members([
                                "schema": .reference("schemas/Problem"),
                                "example": example(status),
                            ])
                        ]),
                    ])
                )
            }
        )
    }

    /// The statuses of an operation's errors.
    static func statuses(of entry: Endpoint) -> [Int] {
        descriptions.map(\.key).filter { status in
            switch status {
            case 409, 507: entry.route.isWrite
            case 413, 415: entry.route.hasBody
            default: true
            }
        }
    }

    static func references(_ statuses: [Int]) -> [WireValue.Member] {
        statuses.map { .init(name: String($0), value: .reference("responses/Problem\($0)")) }
    }

    private static func example(_ status: Int) -> WireValue {
        let problem = TransportProblem.allCases.first { $0.status == status }
        let code = problem?.code ?? (status == 409 ? "token.already-redeemed" : "registry.full")
        return .members([
            "type": .text("urn:tokenctl:problem:\(code)"),
            "title": .text(problem?.title ?? (status == 409 ? "The token was redeemed before" : "The disk is full")),
            "status": .integer(status),
            "detail": "What was tried, why not, and what can be done.",
            "code": .text(code),
            "rule": status == 409 ? "R29" : .null,
            "hint": .null,
            "requestId": "r-8c1f2e",
            "exitCode": .integer(problem.map { Int($0.exitCode) } ?? (status == 409 ? 5 : 1)),
        ])
    }
}
