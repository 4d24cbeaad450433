import Registry
import RegistryAPI

/// A line of a statement as a table or CSV has it: a product line as a whole, or in one country.
struct StatementRow: Codable, Row {
    let organizationId: OrganizationID
    let asOf: CalendarDate
    let product: ProductLine
    /// Nil for the product line as a whole.
    let country: CountryCode?
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
    let unit: String

    static func rows(of statement: StatementResource) -> [StatementRow] {
        statement.products.flatMap { product -> [StatementRow] in
            let whole = StatementRow(
                organizationId: statement.organizationId,
                asOf: statement.asOf,
                product: product.product,
                country: nil,
                earned: product.earned,
                clipped: product.clipped,
                entitlement: product.entitlement,
                local: nil,
                usedCloud: product.used.cloud,
                usedOnPremises: product.used.onPremises,
                used: product.used.total,
                available: product.available,
                maximum: product.worldwideMaximum,
                unit: product.unit
            )
            return [whole]
                + product.countries.map { country in
                    StatementRow(
                        organizationId: statement.organizationId,
                        asOf: statement.asOf,
                        product: product.product,
                        country: country.country,
                        earned: nil,
                        clipped: nil,
                        entitlement: nil,
                        local: country.local,
                        usedCloud: nil,
                        usedOnPremises: nil,
                        used: country.used,
                        available: country.available,
                        maximum: country.maximum,
                        unit: product.unit
                    )
                }
        }
    }

    static let rowStyle = RowStyle(
        headings: ["entitlement": "ENTITLED", "usedCloud": "CLOUD", "usedOnPremises": "ON-PREM"],
        hidden: ["organizationId", "asOf"],
        yielding: ["unit", "local", "earned", "clipped"],
        texts: ["country": { if case .null = $0 { "all" } else { $0.cellText } }]
    )
}
