import Registry

public enum AddEnrollmentOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/enrollments",
        "addEnrollment",
        "Enrol a location in a programme",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var program: String
        public var location: String?
        public var competency: String?
        public var startsOn: String
        public var id: String?
        /// `none` (the default): the portal's tokens are imported; or `mint`, for who runs a portal of their own.
        public var tokens: String?

        public init(
            organization: String,
            program: String,
            location: String? = nil,
            competency: String? = nil,
            startsOn: String,
            id: String? = nil,
            tokens: String? = nil
        ) {
            self.organization = organization
            self.program = program
            self.location = location
            self.competency = competency
            self.startsOn = startsOn
            self.id = id
            self.tokens = tokens
        }
    }

    enum TokenOrigin: String, CaseIterable {
        case mint
        case none
    }

    public static func perform(_ input: Input, in call: Call) async throws -> EnrollmentResource {
        let origin: TokenOrigin = try input.tokens.map { try WireText.choice($0, "tokens") } ?? .none
        return EnrollmentResource(
            try await call.perform(
                AddEnrollment(
                    organizationID: try WireText.identifier(input.organization, "organization"),
                    programID: try WireText.identifier(input.program, "program"),
                    locationID: try input.location.map { try WireText.identifier($0, "location") },
                    competency: try input.competency.map { try WireText.words($0, "competency") },
                    startsOn: try WireText.date(input.startsOn, "startsOn"),
                    id: try input.id.map { try WireText.identifier($0, "id") },
                    mintsTokens: origin == .mint
                )
            )
        )
    }
}

/// The input of operations on one enrollment.
public struct EnrollmentInput: Codable, Sendable {
    public var enrollment: String

    public init(enrollment: String) {
        self.enrollment = enrollment
    }
}

public enum ShowEnrollmentOperation: Operation {
    public static let route = Route(.get, "/v1/enrollments/{enrollment}", "showEnrollment", "Show an enrollment")

    public static func perform(_ input: EnrollmentInput, in call: Call) async throws -> EnrollmentResource {
        let id: EnrollmentID = try WireText.identifier(input.enrollment, "enrollment")
        return EnrollmentResource(try await call.answer(EnrollmentQuery(id: id)))
    }
}

public enum ListEnrollmentsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/enrollments",
        "listEnrollments",
        "List an organisation's enrollments"
    )

    public static func perform(_ input: OrganizationInput, in call: Call) async throws -> [EnrollmentResource] {
        let id: OrganizationID = try WireText.identifier(input.organization, "organization")
        return try await call.answer(EnrollmentsQuery(organizationID: id)).map(EnrollmentResource.init)
    }
}

public enum EndEnrollmentOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/enrollments/{enrollment}/end",
        "endEnrollment",
        "End an enrollment during its year"
    )

    public struct Input: Codable, Sendable {
        public var enrollment: String
        public var on: String

        public init(enrollment: String, on: String) {
            self.enrollment = enrollment
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> EnrollmentResource {
        EnrollmentResource(
            try await call.perform(
                EndEnrollment(
                    id: try WireText.identifier(input.enrollment, "enrollment"),
                    on: try WireText.date(input.on, "on")
                )
            )
        )
    }
}
