import Registry

public enum AddProductVersionOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/products/versions",
        "addProductVersion",
        "Record when a version of a product came into the programme",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var product: String
        public var version: String
        public var on: String

        public init(product: String, version: String, on: String) {
            self.product = product
            self.version = version
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> ProductVersionResource {
        let version = ProductVersion(
            product: try WireText.words(input.product, "product"),
            version: try WireText.words(input.version, "version"),
            cameOn: try WireText.date(input.on, "on")
        )
        return ProductVersionResource(try await call.perform(AddProductVersion(version)).version)
    }
}

public enum ListProductVersionsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/products/versions",
        "listProductVersions",
        "List the versions of products that the programme has"
    )

    public static func perform(_ input: NoInput, in call: Call) async throws -> [ProductVersionResource] {
        try await call.answer(ProductVersionsQuery()).map(ProductVersionResource.init)
    }
}

public enum ListInstallationsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/installations",
        "listInstallations",
        "List installations of previous versions, and when they must be upgraded by"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        /// Also those of the latest version; false by default.
        public var all: Bool?
        /// Nil for today.
        public var asOf: String?

        public init(organization: String, all: Bool? = nil, asOf: String? = nil) {
            self.organization = organization
            self.all = all
            self.asOf = asOf
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> [InstallationResource] {
        let query = InstallationsQuery(
            organizationID: try WireText.identifier(input.organization, "organization"),
            includesLatest: input.all ?? false,
            asOf: try input.asOf.map { try WireText.date($0, "asOf") }
        )
        return try await call.answer(query).map(InstallationResource.init)
    }
}

public enum QuoteMediaOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/enrollments/{enrollment}/media-quote",
        "quoteMedia",
        "Prorate the fee of physical media"
    )

    public struct Input: Codable, Sendable {
        public var enrollment: String
        /// The fee of the whole year, such as `120` or `120.50`.
        public var fee: String
        public var on: String?
        public var product: String?

        public init(enrollment: String, fee: String, on: String? = nil, product: String? = nil) {
            self.enrollment = enrollment
            self.fee = fee
            self.on = on
            self.product = product
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> MediaQuoteResource {
        let cents = try Money.cents(input.fee, "fee")
        let query = MediaQuoteQuery(
            enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
            cents: cents,
            on: try input.on.map { try WireText.date($0, "on") },
            product: try input.product.map { try WireText.words($0, "product") }
        )
        return MediaQuoteResource(try await call.answer(query), cents: cents)
    }
}
