/// Reads the list of product names and SKUs that Microsoft publishes as CSV, one row for each service plan of a product,
/// as it is.
///
///     var list = MicrosoftSKUList()
///     while let chunk = try file.next() { try list.read(chunk) }
///     let contents = try list.finish()
public struct MicrosoftSKUList: Sendable {
    /// What the list says.
    public struct Contents: Hashable, Sendable {
        /// One for each part number, in the order of their keys, with all GUIDs and names that the list gives it.
        public let skus: [SKU]
        /// Every row that could not be used, in the order of the file.
        public let problems: [InputProblem]
    }

    private var reader = CSVReader(
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

    /// Reads the whole list at once.
    ///
    /// - Throws: `import.invalid` when it is not that list.
    public static func contents(of bytes: [UInt8]) throws -> Contents {
        var list = MicrosoftSKUList()
        try list.read(bytes)
        return try list.finish()
    }

    /// Reads the next piece of the file.
    ///
    /// - Throws: `import.invalid` when the header lacks one of Microsoft's columns, and for too many bad rows.
    public mutating func read(_ chunk: [UInt8]) throws {
        // Apart, so that the rows can be taken while the reader is at work.
        var reader = reader
        try reader.read(chunk) { take($0) }
        self.reader = reader
    }

    /// Says that the file has ended, and gives what it had.
    ///
    /// - Throws: `import.invalid` for a file without a header, and for too many bad rows.
    public mutating func finish() throws -> Contents {
        var reader = reader
        try reader.finish { take($0) }
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
            problems: (reader.problems + problems).sorted { $0.row < $1.row }
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
