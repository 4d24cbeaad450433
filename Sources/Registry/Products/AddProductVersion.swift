/// R07: records the day on which a version of a product came into the programme.
public struct AddProductVersion: RegistryCommand {
    public static let action = "product.add-version"

    public let version: ProductVersion

    public init(_ version: ProductVersion) {
        self.version = version
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let version: ProductVersion
        public let auditSequence: Int64
    }

    public var subjectOfRefusal: String { version.product }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> Answer {
        try context.transaction.insert(version, recordedAt: context.now)
        let sequence = try context.record(
            Self.action,
            subject: version.product,
            changes: ["version": .text(version.version), "cameOn": .text(version.cameOn.description)]
        )
        return Answer(version: version, auditSequence: sequence)
    }
}
