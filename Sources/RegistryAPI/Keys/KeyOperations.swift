public import Registry

/// The input of operations on one product key.
public struct KeyInput: Codable, Sendable {
    public var key: String

    public init(key: String) {
        self.key = key
    }
}

public enum ShowKeyOperation: Operation {
    public static let route = Route(.get, "/v1/keys/{key}", "showKey", "Show a product key, its code masked")

    public static func perform(_ input: KeyInput, in call: Call) async throws -> ProductKeyResource {
        ProductKeyResource(try await call.answer(ProductKeyQuery(id: try WireText.number(input.key, "key"))))
    }
}

public enum ListKeysOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/keys",
        "listKeys",
        "List an organisation's product keys"
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var after: String?
        public var limit: Int?

        public init(organization: String, after: String? = nil, limit: Int? = nil) {
            self.organization = organization
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<ProductKeyResource> {
        let page = try await call.answer(
            ProductKeysQuery(
                organizationID: try WireText.identifier(input.organization, "organization"),
                after: try input.after.map { try WireText.number($0, "after") },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(items: page.items.map(ProductKeyResource.init), next: page.next?.description)
    }
}

public enum RevealKeyOperation: RevealOperation {
    public static let route = Route(
        .post,
        "/v1/keys/{key}/reveal",
        "revealKey",
        "Show a product key's code; that it was shown is recorded"
    )

    public static func useCase(_ input: KeyInput) throws -> RevealKey {
        RevealKey(id: try WireText.number(input.key, "key"))
    }

    public static func output(_ answer: RevealKey.Answer) -> RevealedKeyResource {
        RevealedKeyResource(
            id: answer.id.description,
            code: answer.code.revealed,
            auditSequence: answer.auditSequence
        )
    }
}

public enum ImportKeysOperation: UploadOperation {
    public static let route = Route(
        .post,
        "/v1/enrollments/{enrollment}/keys",
        "importKeys",
        "Import the product keys of an enrollment",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var enrollment: String
        /// `program` (the default) or `volume-licensing`, for rows that do not say it.
        public var source: String?

        public init(enrollment: String, source: String? = nil) {
            self.enrollment = enrollment
            self.source = source
        }
    }

    public static func useCase(_ input: Input) throws -> any UseCase {
        try command(input, .absent)
    }

    private static func command(_ input: Input, _ file: UploadedFile) throws -> ImportKeys {
        ImportKeys(
            enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
            digest: file.digest,
            source: try input.source.map { try WireText.choice($0, "source") } ?? .program,
            open: file.open
        )
    }

    public static func perform(_ input: Input, file: UploadedFile, in call: Call) async throws -> KeyImportResource {
        let answer = try await call.perform(try command(input, file))
        return KeyImportResource(answer, dryRun: call.options.isDryRun)
    }
}
