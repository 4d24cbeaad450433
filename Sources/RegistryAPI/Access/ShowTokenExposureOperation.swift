import Registry

public enum ShowTokenExposureOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/tokens/{token}/exposure",
        "showTokenExposure",
        "Show who could have seen a code, and who did"
    )

    public struct Input: Codable, Sendable {
        public var token: String
        /// RFC 3339, or a date in UTC; the token's issue where it is absent.
        public var since: String?
        public var until: String?

        public init(token: String, since: String? = nil, until: String? = nil) {
            self.token = token
            self.since = since
            self.until = until
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> TokenExposureResource {
        let query = TokenExposure(
            id: try WireText.number(input.token, "token"),
            from: try input.since.map { try WireText.instant($0, "since", endOfDay: false) },
            through: try input.until.map { try WireText.instant($0, "until", endOfDay: true) }
        )
        return try TokenExposureResource(try await call.answer(query))
    }
}
