/// Makes the SKUs of Microsoft's published list known; what was known of one before is replaced.
public struct ImportSKUs: RegistryCommand, TakesFile {
    public static let action = "sku.import"
    public static let summary = "Import Microsoft's published list of SKUs"

    /// The list as Microsoft publishes it. Its name is recorded as where the SKUs come from.
    public var file: UploadedFile = .absent
    /// What it says, once it was read.
    var skus: [SKU] = []

    private enum CodingKeys: CodingKey {}

    /// The name is kept, and so belongs to what is searched for codes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode([file.name])
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    /// Reads the list before any write has to wait for it.
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<Performed<SKUImportResource>> {
        .severalSteps {
            var copy = self
            copy.skus = try read()
            return Performed(try await service.perform(copy, as: caller, options: options), isDryRun: options.isDryRun)
        }
    }

    /// - Throws: `Refusal` with `import.invalid` that names the bad rows.
    private func read() throws -> [SKU] {
        let contents = try MicrosoftSKUList.contents(of: try file.open())
        guard contents.problems.isEmpty else {
            throw Refusal(
                .importInvalid,
                "\(contents.problems.count) rows of the list are wrong; nothing was imported.",
                facts: ["problemCount": contents.problems.count],
                inputProblems: Array(contents.problems.prefix(1_000))
            )
        }
        return contents.skus
    }

    public func run(on _: Void, in context: CommandContext) throws -> SKUImportResource {
        var added = 0
        var updated = 0
        var unchanged = 0
        for listed in skus {
            let known = try context.transaction.sku(listed.partNumber)
            let sku = listed.listed(after: known)
            switch known {
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
        let withoutFamily = skus.filter { $0.family == nil }.map(\.partNumber)
        return try context.record(
            Self.action,
            SKUImportResource(added: added, updated: updated, unchanged: unchanged, withoutFamily: withoutFamily),
            subject: "skus",
            adding: ["source": file.name.escaped, "withoutFamily": withoutFamily.count]
        )
    }
}

/// What an import of SKUs brought.
public struct SKUImportResource: Hashable, Sendable, Codable {
    public let added: Int
    public let updated: Int
    public let unchanged: Int
    /// Those whose family cannot be told; R39 refuses them until it is known.
    public let withoutFamily: [SKUPartNumber]
}
