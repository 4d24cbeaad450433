/// Makes SKUs known; what was known of one before is replaced.
public struct ImportSKUs: RegistryCommand {
    public static let action = "sku.import"

    public let skus: [SKU]
    /// Where the list comes from, in the administrator's words.
    public let source: String

    public init(_ skus: [SKU], source: String) {
        self.skus = skus
        self.source = source
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let added: Int
        public let updated: Int
        public let unchanged: Int
        /// Part numbers whose family cannot be told; R39 refuses them until it is known.
        public let withoutFamily: [String]
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> Answer {
        var added = 0
        var updated = 0
        var unchanged = 0
        for sku in skus {
            switch try context.transaction.sku(sku.partNumber) {
            case nil:
                added += 1
                try context.transaction.put(sku, recordedAt: context.now)
            case sku?:
                unchanged += 1
            case .some:
                updated += 1
                try context.transaction.put(sku, recordedAt: context.now)
            }
        }
        let withoutFamily = skus.filter { $0.family == nil }.map(\.partNumber.description)
        try context.record(
            Self.action,
            subject: "skus",
            changes: [
                "source": .text(source),
                "added": .number(added),
                "updated": .number(updated),
                "unchanged": .number(unchanged),
                "withoutFamily": .number(withoutFamily.count),
            ]
        )
        return Answer(added: added, updated: updated, unchanged: unchanged, withoutFamily: withoutFamily)
    }
}
