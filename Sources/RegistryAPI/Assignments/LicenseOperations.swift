import Registry

public enum AssignLicenseOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/organizations/{organization}/licenses",
        "assignLicense",
        "Give a user an on-premises licence",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var userPrincipalName: String
        public var product: String
        /// Nil for the headquarters.
        public var location: String?
        /// Nil for internal use.
        public var purpose: String?
        /// Where it was bought outside the programme; nil for the programme's own.
        public var source: String?
        /// The first day; nil for today.
        public var on: String?

        public init(
            organization: String,
            userPrincipalName: String,
            product: String,
            location: String? = nil,
            purpose: String? = nil,
            source: String? = nil,
            on: String? = nil
        ) {
            self.organization = organization
            self.userPrincipalName = userPrincipalName
            self.product = product
            self.location = location
            self.purpose = purpose
            self.source = source
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> RecordedAssignmentResource {
        let command = AssignLicense(
            user: try UserPrincipalName(input.userPrincipalName),
            organizationID: try WireText.identifier(input.organization, "organization"),
            product: try WireText.product(input.product),
            locationID: try input.location.map { try WireText.identifier($0, "location") },
            purpose: input.purpose,
            source: try input.source.map { try WireText.words($0, "source") },
            on: try input.on.map { try WireText.date($0, "on") }
        )
        return RecordedAssignmentResource(try await call.perform(command), dryRun: call.options.isDryRun)
    }
}

public enum ReleaseLicenseOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/organizations/{organization}/licenses/release",
        "releaseLicense",
        "Take a user's on-premises licence back"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var userPrincipalName: String
        public var product: String
        /// The one that was bought there; nil for the programme's, or else for the one bought outside it.
        public var source: String?
        /// The first day without it; nil for today.
        public var on: String?

        public init(
            organization: String,
            userPrincipalName: String,
            product: String,
            source: String? = nil,
            on: String? = nil
        ) {
            self.organization = organization
            self.userPrincipalName = userPrincipalName
            self.product = product
            self.source = source
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> RecordedAssignmentResource {
        let command = ReleaseLicense(
            user: try UserPrincipalName(input.userPrincipalName),
            organizationID: try WireText.identifier(input.organization, "organization"),
            product: try WireText.product(input.product),
            source: try input.source.map { try WireText.words($0, "source") },
            on: try input.on.map { try WireText.date($0, "on") }
        )
        return RecordedAssignmentResource(try await call.perform(command), dryRun: call.options.isDryRun)
    }
}

public enum ListLicensesOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/licenses",
        "listLicenses",
        "List an organisation's on-premises licences"
    )

    public static func perform(_ input: ListAssignmentsInput, in call: Call) async throws -> PageOf<AssignmentResource>
    {
        try await input.page(of: .onPremises, in: call)
    }
}

public enum ListSeatAssignmentsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/assignments",
        "listSeatAssignments",
        "List the users of an organisation who hold seats"
    )

    public static func perform(_ input: ListAssignmentsInput, in call: Call) async throws -> PageOf<AssignmentResource>
    {
        try await input.page(of: .cloud, in: call)
    }
}

/// The input of operations that list assignments which last.
public struct ListAssignmentsInput: Codable, Sendable {
    public var organization: String
    public var product: String?
    public var after: String?
    public var limit: Int?

    public init(organization: String, product: String? = nil, after: String? = nil, limit: Int? = nil) {
        self.organization = organization
        self.product = product
        self.after = after
        self.limit = limit
    }

    func page(of kind: AssignmentKind, in call: Call) async throws -> PageOf<AssignmentResource> {
        let page = try await call.answer(
            AssignmentsQuery(
                AssignmentFilter(
                    organizationID: try WireText.identifier(organization, "organization"),
                    kind: kind,
                    product: try product.map { try WireText.product($0) }
                ),
                after: try after.map { try WireText.number($0, "after") },
                limit: try WireText.limit(limit)
            )
        )
        return PageOf(items: page.items.map(AssignmentResource.init), next: page.next?.description)
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
