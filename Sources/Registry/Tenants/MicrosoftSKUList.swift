import CSV

/// Reads the list of product names and SKUs that Microsoft publishes as CSV, one row for each service plan of a product,
/// as it is.
public struct MicrosoftSKUList: Sendable {
    /// What the list says.
    public struct Contents: Hashable, Sendable {
        /// One for each part number, in the order of their keys, with all GUIDs and names that the list gives it.
        public let skus: [SKU]
        /// Every row that could not be used, in the order of the file.
        public let problems: [InputProblem]
    }

    private static let reader = CSVReader(
        required: ["Product_Display_Name", "String_Id", "GUID"],
        optional: ["Service_Plan_Name"]
    )
    private var products: [SKUPartNumber: Product] = [:]
    private var problems: [InputProblem] = []

    private struct Product {
        var skuIDs: [String] = []
        var displayNames: [String] = []
        /// Only where the embedded catalogue does not settle the family.
        var servicePlans: [String] = []

        mutating func add(skuID: String, displayName: String, servicePlan: String) {
            if !skuIDs.contains(skuID) { skuIDs.append(skuID) }
            if !displayNames.contains(displayName) { displayNames.append(displayName) }
            if !servicePlan.isEmpty, !servicePlans.contains(servicePlan) { servicePlans.append(servicePlan) }
        }
    }

    private enum Column {
        static let displayName = 0
        static let partNumber = 1
        static let skuID = 2
        static let servicePlan = 3
    }

    public init() {}

    /// What Microsoft's list says.
    ///
    /// - Throws: `import.invalid` when the header lacks one of Microsoft's columns, and for too many bad rows.
    public static func contents(of file: any ChunkSource) throws -> Contents {
        var list = MicrosoftSKUList()
        var reader = Self.reader
        try reader.read(file) { list.take($0) }
        return list.contents(unreadable: reader.inputProblems)
    }

    private func contents(unreadable: [InputProblem]) -> Contents {
        let skus = products.map { partNumber, product in
            SKU(
                partNumber: partNumber,
                skuIDs: product.skuIDs,
                displayNames: product.displayNames,
                family: SKUCatalogue.sku(partNumber)?.family
                    ?? SKUFamily.classify(
                        partNumber: partNumber,
                        displayName: product.displayNames.first ?? "",
                        servicePlans: product.servicePlans
                    )
            )
        }
        return Contents(
            skus: skus.sorted { $0.partNumber < $1.partNumber },
            problems: (unreadable + problems).sorted { $0.row < $1.row }
        )
    }

    private mutating func take(_ row: CSVRow) {
        guard let partNumber = SKUPartNumber(row.text(of: Column.partNumber)) else {
            let text = trimmingBlanks(row.text(of: Column.partNumber))
            return problem(
                row,
                Column.partNumber,
                text.isEmpty ? "The part number is missing." : "\(quoted(text)) cannot be a part number."
            )
        }
        for column in [Column.displayName, Column.partNumber]
        where ActivationCode.stands(in: row.text(of: column)) {
            return problem(row, column, "\(quoted(row.text(of: column))) looks like a token's code or a product key.")
        }
        guard let skuID = SKU.guid(row.text(of: Column.skuID)) else {
            return problem(row, Column.skuID, "\(quoted(row.text(of: Column.skuID))) is not a GUID.")
        }
        let displayName = trimmingBlanks(row.text(of: Column.displayName))
        guard !displayName.isEmpty else { return problem(row, Column.displayName, "The product's name is missing.") }
        if let flaw = KeptText.flaw(of: displayName, limit: 1_000) {
            return problem(row, Column.displayName, "\(quoted(displayName)) is not a product's name: \(flaw).")
        }

        let isSettled = SKUCatalogue.sku(partNumber)?.family != nil
        products[partNumber, default: Product()].add(
            skuID: skuID,
            displayName: displayName,
            servicePlan: isSettled ? "" : trimmingBlanks(row.text(of: Column.servicePlan))
        )
    }

    private mutating func problem(_ row: CSVRow, _ column: Int, _ detail: String) {
        problems.append(row.problem(column, detail))
    }
}
