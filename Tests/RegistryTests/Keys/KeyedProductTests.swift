import Testing

@testable import Registry

@Suite("Products that need activation")
struct KeyedProductTests {
    @Test(
        "R24: Windows client, Windows Server and the Office client applications need activation",
        arguments: [
            ("windows-client", KeyedProduct.windowsClient), ("Windows", .windowsClient),
            ("Windows 8.1 Enterprise", .windowsClient),
            ("Microsoft Windows 10 Pro", .windowsClient), ("windows-server", .windowsServer),
            ("Windows Server 2012 R2", .windowsServer), ("office-professional-plus", .officeClient),
            ("Office 2013", .officeClient), ("Visio Professional 2013", .officeClient),
        ]
    )
    func needActivation(_ product: String, _ kind: KeyedProduct) {
        #expect(KeyedProduct(of: product) == kind)
        #expect(KeyedProduct(of: product).needsActivation)
    }

    @Test(
        "R24: other products may have keys without a count",
        arguments: [
            "Visual Studio", "Windows Intune", "Windows Azure", "Office 365", "Project Server", "SQL Server", "",
        ]
    )
    func others(_ product: String) {
        #expect(KeyedProduct(of: product) == .other)
        #expect(!KeyedProduct(of: product).needsActivation)
    }
}
