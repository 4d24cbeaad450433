/// The most of one product line that an organisation may use in one country, and in all of them.
public struct ProductMaximum: Hashable, Codable, Sendable {
    /// At least 0.
    public let country: Int
    /// At least 0.
    public let worldwide: Int

    /// The maximum of an organisation that holds no grant of the line.
    public static let none = ProductMaximum(country: 0, worldwide: 0)

    /// R49: what holds where a product line names none: five times the initial grant per country, fifteen worldwide.
    public static func standard(initialGrant: Int) -> ProductMaximum {
        ProductMaximum(country: initialGrant.clampedProduct(5), worldwide: initialGrant.clampedProduct(15))
    }

    /// The larger of the two figures, each for itself.
    public func larger(_ other: ProductMaximum) -> ProductMaximum {
        ProductMaximum(country: max(country, other.country), worldwide: max(worldwide, other.worldwide))
    }
}

extension Int {
    /// The sum, or the nearest number that an `Int` can hold.
    package func clampedSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the nearest number that an `Int` can hold.
    func clampedDifference(_ other: Int) -> Int {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    /// The product, or the nearest number that an `Int` can hold.
    func clampedProduct(_ factor: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? ((self < 0) == (factor < 0) ? .max : .min) : product
    }
}
