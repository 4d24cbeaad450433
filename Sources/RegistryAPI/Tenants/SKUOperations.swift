public import Registry

public enum ListSKUsOperation: Operation {
    public static let route = Route(.get, "/v1/skus", "listSkus", "List the SKU catalogue")

    public struct Input: Codable, Sendable {
        public var after: String?
        public var limit: Int?

        public init(after: String? = nil, limit: Int? = nil) {
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<SKUResource> {
        let page = try await call.answer(
            SKUsQuery(
                after: try input.after.map { try WireText.partNumber($0, "after") },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(items: page.items.map(SKUResource.init), next: page.next?.description)
    }
}

public enum ShowSKUOperation: Operation {
    public static let route = Route(.get, "/v1/skus/{sku}", "showSku", "Show a SKU")

    public struct Input: Codable, Sendable {
        public var sku: String

        public init(sku: String) {
            self.sku = sku
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> SKUResource {
        SKUResource(try await call.answer(SKUQuery(try WireText.partNumber(input.sku, "sku"))))
    }
}

public enum ImportSKUsOperation: UploadOperation {
    public static let route = Route(.post, "/v1/skus/import", "importSkus", "Import Microsoft's published list of SKUs")

    public static func useCase(_ input: NoInput) throws -> any UseCase {
        ImportSKUs([], source: "")
    }

    public static func perform(_ input: NoInput, file: UploadedFile, in call: Call) async throws -> SKUImportResource {
        var list = MicrosoftSKUList()
        var source = try file.open()
        while let chunk = try source.next() { try list.read(chunk) }
        let contents = try list.finish()
        guard contents.problems.isEmpty else {
            throw Refusal(
                .importInvalid,
                "\(contents.problems.count) rows of the list are wrong; nothing was imported.",
                facts: [.init("problemCount", .number(contents.problems.count))],
                inputProblems: Array(contents.problems.prefix(1_000))
            )
        }
        return SKUImportResource(try await call.perform(ImportSKUs(contents.skus, source: file.name.escaped)))
    }
}
