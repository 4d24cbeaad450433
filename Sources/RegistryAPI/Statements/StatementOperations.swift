import Registry

public enum StatementOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/statement",
        "statement",
        "State what is granted, used and left on a day"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        /// Nil for today.
        public var asOf: String?

        public init(organization: String, asOf: String? = nil) {
            self.organization = organization
            self.asOf = asOf
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> StatementResource {
        StatementResource(
            try await call.answer(
                StatementQuery(
                    organizationID: try WireText.identifier(input.organization, "organization"),
                    asOf: try input.asOf.map { try WireText.date($0, "asOf") }
                )
            )
        )
    }
}

public enum ExplainStatementOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/statement/{product}",
        "explainStatement",
        "Derive a product line's figures from the ledger"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var product: String
        /// Nil for today.
        public var asOf: String?

        public init(organization: String, product: String, asOf: String? = nil) {
            self.organization = organization
            self.product = product
            self.asOf = asOf
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> StatementExplanationResource {
        StatementExplanationResource(
            try await call.answer(
                StatementExplanationQuery(
                    organizationID: try WireText.identifier(input.organization, "organization"),
                    product: try WireText.product(input.product),
                    asOf: try input.asOf.map { try WireText.date($0, "asOf") }
                )
            )
        )
    }
}

extension WireText {
    static func product(_ text: String) throws -> ProductLine {
        guard let product = ProductLine(rawValue: text) else {
            throw invalid("product", text, "a product line is 1 to 64 lower-case letters, digits or dashes")
        }
        return product
    }
}
