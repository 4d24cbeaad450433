import Registry

public enum GrantAccessOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/organizations/{organization}/access",
        "grantAccess",
        "Grant a user or group a permission",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        /// `user:NAME` or `group:NAME`.
        public var principal: String
        public var permission: String
        /// The last day with the permission, in the organisation's time zone.
        public var until: String?

        public init(organization: String, principal: String, permission: String, until: String? = nil) {
            self.organization = organization
            self.principal = principal
            self.permission = permission
            self.until = until
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> AccessResource {
        AccessResource(
            try await call.perform(
                GrantAccess(
                    organizationID: try WireText.identifier(input.organization, "organization"),
                    principal: try WireText.principal(input.principal),
                    permission: try WireText.choice(input.permission, "permission"),
                    through: try input.until.map { try WireText.date($0, "until") }
                )
            )
        )
    }
}

public enum RevokeAccessOperation: Operation {
    public static let route = Route(
        .delete,
        "/v1/organizations/{organization}/access/{principal}/{permission}",
        "revokeAccess",
        "Take a permission back"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var principal: String
        public var permission: String

        public init(organization: String, principal: String, permission: String) {
            self.organization = organization
            self.principal = principal
            self.permission = permission
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> AccessResource {
        AccessResource(
            try await call.perform(
                RevokeAccess(
                    organizationID: try WireText.identifier(input.organization, "organization"),
                    principal: try WireText.principal(input.principal),
                    permission: try WireText.choice(input.permission, "permission")
                )
            )
        )
    }
}

public enum ListAccessOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/access",
        "listAccess",
        "List who has which permission"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        /// Also what has ended.
        public var ended: Bool?

        public init(organization: String, ended: Bool? = nil) {
            self.organization = organization
            self.ended = ended
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> [AccessResource] {
        let query = AccessQuery(
            organizationID: try WireText.identifier(input.organization, "organization"),
            includesEnded: input.ended ?? false
        )
        return try await call.answer(query).map(AccessResource.init)
    }
}
