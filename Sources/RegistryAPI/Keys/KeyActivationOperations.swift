import Registry

public enum ActivateKeyOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/activations",
        "activateKey",
        "Record that a machine was activated with a product key",
        successStatus: 201
    )

    /// Names the key by its code or by its id.
    public struct Input: Codable, Sendable {
        public var code: SecretText?
        public var key: String?
        public var machine: String
        public var hardware: String?
        public var qualifyingLicense: String?
        public var version: String?
        /// `azure` or `mobility-partner`, for a virtual machine there (R21).
        public var host: String?
        /// Nobody but the organisation has access to the virtual machine (R21); false by default.
        public var partnerOnlyAccess: Bool?
        public var on: String?

        public init(
            code: SecretText?,
            key: String?,
            machine: String,
            hardware: String? = nil,
            qualifyingLicense: String? = nil,
            version: String? = nil,
            host: String? = nil,
            partnerOnlyAccess: Bool? = nil,
            on: String? = nil
        ) {
            self.code = code
            self.key = key
            self.machine = machine
            self.hardware = hardware
            self.qualifyingLicense = qualifyingLicense
            self.version = version
            self.host = host
            self.partnerOnlyAccess = partnerOnlyAccess
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> ActivatedKeyResource {
        let reference: ProductKeyReference
        switch (input.code, input.key) {
        case (let code?, nil): reference = .code(try code.activationCode())
        case (nil, let key?): reference = .id(try WireText.number(key, "key"))
        default:
            throw Refusal(.inputInvalid, "Name the product key either by its code or by its id.")
        }
        let answer = try await call.perform(
            ActivateKey(
                key: reference,
                machine: try WireText.words(input.machine, "machine"),
                hardware: try input.hardware.map { try WireText.words($0, "hardware") },
                qualifyingLicense: try input.qualifyingLicense.map { try WireText.words($0, "qualifyingLicense") },
                version: try input.version.map { try WireText.words($0, "version") },
                host: try input.host.map { try WireText.choice($0, "host") },
                partnerOnlyAccess: input.partnerOnlyAccess ?? false,
                on: try input.on.map { try WireText.date($0, "on") }
            )
        )
        return ActivatedKeyResource(answer, dryRun: call.options.isDryRun)
    }
}

public enum KeyHistoryOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/keys/{key}/activations",
        "keyHistory",
        "List a product key's activations"
    )

    public struct Input: Codable, Sendable {
        public var key: String
        public var after: String?
        public var limit: Int?

        public init(key: String, after: String? = nil, limit: Int? = nil) {
            self.key = key
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<KeyActivationResource> {
        let page = try await call.answer(
            KeyHistoryQuery(
                id: try WireText.number(input.key, "key"),
                after: try input.after.map { try WireText.number($0, "after") },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(items: page.items.map(KeyActivationResource.init), next: page.next?.description)
    }
}
