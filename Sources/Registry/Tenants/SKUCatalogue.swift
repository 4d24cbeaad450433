/// The SKUs that the product knows without being told. `tokenctl sku import` adds to them and replaces them.
public enum SKUCatalogue {
    /// By part number, in the order of their keys. Read from the embedded table at first use.
    public static let embedded: [SKU] = parse(PackageResources.skus_tsv)

    /// The embedded SKU of this part number.
    public static func sku(_ partNumber: SKUPartNumber) -> SKU? {
        embeddedByPartNumber[partNumber]
    }

    private static let embeddedByPartNumber = Dictionary(
        embedded.map { ($0.partNumber, $0) },
        uniquingKeysWith: { first, _ in first }
    )

    /// Reads `part_number`, `sku_id`, `display_name` and `family`, separated by tabs, below a header line. Rows of one
    /// part number become one SKU. A row of another shape is left out: a test holds the embedded table to its form.
    static func parse(_ bytes: [UInt8]) -> [SKU] {
        var skus: [SKUPartNumber: SKU] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 4, let partNumber = SKUPartNumber(fields[0]),
                let family = SKUFamily(rawValue: fields[3])
            else { continue }
            let known = skus[partNumber]
            skus[partNumber] = SKU(
                partNumber: known?.partNumber ?? partNumber,
                skuIDs: (known?.skuIDs ?? []) + (fields[1].isEmpty ? [] : [fields[1]]),
                displayNames: (known?.displayNames ?? []) + [fields[2]],
                family: known?.family ?? family
            )
        }
        return skus.values.sorted { $0.partNumber < $1.partNumber }
    }
}
