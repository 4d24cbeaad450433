public import Registry

public enum ShowUserOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/users/{user}",
        "showUser",
        "Show what a user has and had"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var user: String

        public init(organization: String, user: String) {
            self.organization = organization
            self.user = user
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> UserResource {
        let query = UserQuery(
            user: try UserPrincipalName(input.user),
            organizationID: try WireText.identifier(input.organization, "organization")
        )
        let found = try await call.answer(query)
        return UserResource(
            userPrincipalName: found.user.value,
            organizationId: input.organization,
            assignments: found.assignments.map(AssignmentResource.init)
        )
    }
}

public enum SwitchUserOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/organizations/{organization}/users/{user}/switch",
        "switchUser",
        "Switch a user between the cloud and on-premises"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var user: String
        /// `cloud` or `on-premises`.
        public var to: String
        /// For the cloud.
        public var tenant: String?
        /// Where the user works from then on; nil to stay.
        public var location: String?
        /// The first day of the new state; nil for today.
        public var on: String?

        public init(
            organization: String,
            user: String,
            to: String,
            tenant: String? = nil,
            location: String? = nil,
            on: String? = nil
        ) {
            self.organization = organization
            self.user = user
            self.to = to
            self.tenant = tenant
            self.location = location
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> SwitchResource {
        let destination: UserSwitch.Destination
        switch (try WireText.choice(input.to, "to") as AssignmentKind, input.tenant) {
        case (.cloud, let tenant?): destination = .cloud(try TenantReference(tenant))
        case (.cloud, nil):
            throw WireText.invalid("tenant", "", "a switch to the cloud needs a tenant")
        case (.onPremises, nil): destination = .onPremises
        case (.onPremises, let tenant?):
            throw WireText.invalid("tenant", tenant, "a switch to on-premises names none")
        }
        let recorded = try await call.perform(
            SwitchUser(
                UserSwitch(
                    user: try UserPrincipalName(input.user),
                    organizationID: try WireText.identifier(input.organization, "organization"),
                    destination: destination,
                    locationID: try input.location.map { try WireText.identifier($0, "location") }
                ),
                on: try input.on.map { try WireText.date($0, "on") }
            )
        )
        return SwitchResource(
            userPrincipalName: recorded.begun.user.value,
            organizationId: recorded.begun.organizationID.value,
            ended: AssignmentResource(recorded.ended),
            begun: AssignmentResource(recorded.begun),
            auditSequence: recorded.auditSequence,
            dryRun: call.options.isDryRun
        )
    }
}

public enum SwitchUsersOperation: UploadOperation {
    public static let route = Route(
        .post,
        "/v1/assignments/switch",
        "switchUsers",
        "Switch all users of a file in one step"
    )

    public struct Input: Codable, Sendable {
        /// For rows that name no organisation themselves.
        public var organization: String?
        /// The first day of the new state; nil for today.
        public var on: String?

        public init(organization: String? = nil, on: String? = nil) {
            self.organization = organization
            self.on = on
        }
    }

    public static func useCase(_ input: Input) throws -> any UseCase {
        try command(input, .absent)
    }

    private static func command(_ input: Input, _ file: UploadedFile) throws -> SwitchUsers {
        SwitchUsers(
            organizationID: try input.organization.map { try WireText.identifier($0, "organization") },
            on: try input.on.map { try WireText.date($0, "on") },
            digest: file.digest,
            open: file.open
        )
    }

    public static func perform(_ input: Input, file: UploadedFile, in call: Call) async throws -> SwitchBatchResource {
        let answer = try await call.perform(try command(input, file))
        return SwitchBatchResource(
            switched: answer.switched,
            toCloud: answer.toCloud,
            toOnPremises: answer.toOnPremises,
            auditSequence: answer.auditSequence,
            dryRun: call.options.isDryRun
        )
    }
}
