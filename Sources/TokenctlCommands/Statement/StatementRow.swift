import RegistryAPI

/// A line of a statement as a table or CSV has it: a product line as a whole, or in one country.
struct StatementRow: Encodable, Tabular {
    let organizationId: String
    let asOf: String
    let product: String
    let unit: String
    /// Nil for the product line as a whole.
    let country: String?
    let earned: Int?
    let clipped: Int?
    /// Of the product line as a whole.
    let entitlement: Int?
    /// R05: what can be used in the country alone.
    let local: Int?
    let usedCloud: Int?
    let usedOnPremises: Int?
    let used: Int
    let available: Int
    let maximum: Int

    static func rows(of statement: StatementResource) -> [StatementRow] {
        statement.products.flatMap { product -> [StatementRow] in
            let whole = StatementRow(
                organizationId: statement.organizationId,
                asOf: statement.asOf,
                product: product.product,
                unit: product.unit,
                country: nil,
                earned: product.earned,
                clipped: product.clipped,
                entitlement: product.entitlement,
                local: nil,
                usedCloud: product.used.cloud,
                usedOnPremises: product.used.onPremises,
                used: product.used.total,
                available: product.available,
                maximum: product.worldwideMaximum
            )
            return [whole]
                + product.countries.map { country in
                    StatementRow(
                        organizationId: statement.organizationId,
                        asOf: statement.asOf,
                        product: product.product,
                        unit: product.unit,
                        country: country.country,
                        earned: nil,
                        clipped: nil,
                        entitlement: nil,
                        local: country.local,
                        usedCloud: nil,
                        usedOnPremises: nil,
                        used: country.used,
                        available: country.available,
                        maximum: country.maximum
                    )
                }
        }
    }

    static var columns: [Column<StatementRow>] {
        [
            Column("organizationId", nil) { $0.organizationId },
            Column("asOf", nil) { $0.asOf },
            Column("product", "PRODUCT") { $0.product },
            Column("country", "COUNTRY") { $0.country ?? "all" },
            Column("earned", "EARNED", number: { $0.earned }),
            Column("clipped", "CLIPPED", number: { $0.clipped }),
            Column("entitlement", "ENTITLED", number: { $0.entitlement }),
            Column("local", "LOCAL", number: { $0.local }),
            Column("usedCloud", "CLOUD", number: { $0.usedCloud }),
            Column("usedOnPremises", "ON-PREM", number: { $0.usedOnPremises }),
            Column("used", "USED", number: { $0.used }),
            Column("available", "AVAILABLE", number: { $0.available }),
            Column("maximum", "MAXIMUM", number: { $0.maximum }),
            Column("unit", "UNIT") { $0.unit },
        ]
    }
}
