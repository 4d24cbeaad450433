import Foundation
import Testing

@testable import Registry

struct SKUCatalogueTests {
    @Test(
        "R39: the catalogue settles the families of the SKUs that the rules name",
        arguments: [
            (
                SKUFamily.enterprise,
                "STANDARDPACK STANDARDWOFFPACK ENTERPRISEPACK ENTERPRISEWITHSCAL ENTERPRISEPREMIUM DEVELOPERPACK SPE_E3 SPE_E5"
            ),
            (.kiosk, "DESKLESSPACK DESKLESSWOFFPACK SPE_F1 M365_F1"),
            (
                .business,
                """
                LITEPACK LITEPACK_P2 MIDSIZEPACK O365_BUSINESS O365_BUSINESS_ESSENTIALS O365_BUSINESS_PREMIUM \
                SMB_BUSINESS SMB_BUSINESS_ESSENTIALS SMB_BUSINESS_PREMIUM SMB_APPS SPB
                """
            ),
            (.academic, "STANDARDPACK_FACULTY M365EDU_A3_STUDENT"),
            (.government, "ENTERPRISEPACK_GOV ENTERPRISEPACK_USGOV_DOD ENTERPRISEPACK_USGOV_GCCHIGH"),
            (
                .office365Plan,
                "EXCHANGESTANDARD SHAREPOINTSTANDARD MCOSTANDARD YAMMER_ENTERPRISE VISIOCLIENT PROJECTPROFESSIONAL"
            ),
            (
                .other,
                "INTUNE_A CRMSTANDARD CRMIUR AAD_PREMIUM EMS POWER_BI_STANDARD INTUNE_A_GOV POWER_BI_PRO_FACULTY WIN_DEF_ATP"
            ),
        ]
    )
    func families(_ family: SKUFamily, _ partNumbers: String) throws {
        for text in partNumbers.split(separator: " ") {
            let sku = try #require(SKUCatalogue.sku(SKUPartNumber(stored: String(text))), "\(text)")
            #expect(sku.family == family, "\(text)")
        }
    }

    @Test("A part number with two GUIDs is one SKU with both")
    func twoGUIDs() throws {
        let sku = try #require(SKUCatalogue.sku(SKUPartNumber(stored: "mcopstn5")))
        #expect(sku.skuIDs.count == 2)
        #expect(sku.displayNames.count == 2)
        #expect(sku.skuID == sku.skuIDs[0])
    }

    @Test("No row of the embedded table is lost, and each is well formed")
    func wellFormed() {
        let skus = SKUCatalogue.embedded
        #expect(skus.count == 584)
        #expect(skus.reduce(0) { $0 + $1.displayNames.count } == 585)
        #expect(skus.allSatisfy { $0.family != nil && !$0.displayName.isEmpty })
        #expect(skus.flatMap(\.skuIDs).allSatisfy { SKU.guid($0) == $0 })
        #expect(Set(skus.flatMap(\.skuIDs)).count == skus.reduce(0) { $0 + $1.skuIDs.count })
        #expect(skus.filter { $0.skuIDs.isEmpty }.count == 5)
        #expect(zip(skus, skus.dropFirst()).allSatisfy { $0.0.partNumber < $0.1.partNumber })
    }
}
