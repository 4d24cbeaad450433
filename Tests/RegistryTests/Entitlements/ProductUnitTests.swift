import Testing

@testable import Registry

@Suite("What a product line's figures count")
struct ProductUnitTests {
    @Test(
        "Each product line has its unit",
        arguments: [
            ("office-suite", "seats"), ("intune", "seats"), ("windows-server", "cores"),
            ("azure-credit", "USD a month"),
            ("msdn", "subscriptions"), ("windows-client", "licences"), ("something-else", "licences"),
        ]
    )
    func unit(product: String, unit: String) {
        #expect(ProductLine(stored: product).unit == unit)
    }
}
