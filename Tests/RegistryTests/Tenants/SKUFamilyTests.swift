import Testing

@testable import Registry

struct SKUFamilyTests {
    @Test("R39: of the Office 365 families only enterprise and kiosk may share a tenant with programme seats")
    func sharing() {
        let sharing = SKUFamily.allCases.filter { $0.isOffice365 && $0.mayShareTenantWithProgramSeats }
        #expect(sharing == [.enterprise, .kiosk])
    }

    @Test("R39: services outside Office 365 are not touched")
    func outside() {
        #expect(SKUFamily.allCases.filter { !$0.isOffice365 } == [.other])
        #expect(SKUFamily.other.mayShareTenantWithProgramSeats)
    }

    private func classify(_ partNumber: String, _ name: String, _ plans: [String] = []) -> SKUFamily? {
        SKUFamily.classify(partNumber: SKUPartNumber(stored: partNumber), displayName: name, servicePlans: plans)
    }

    @Test("Told by names, no SKU of the catalogue gets another family than it has; most get one")
    func catalogue() {
        var untold: [String] = []
        for sku in SKUCatalogue.embedded {
            let told = classify(sku.partNumber.text, sku.displayName)
            if told == nil { untold.append("\(sku.partNumber.text) (\(sku.displayName))") }
            #expect(
                told == nil || told == sku.family,
                "\(sku.partNumber.text) (\(sku.displayName)): \(told?.rawValue ?? "") is \(sku.family?.rawValue ?? "")"
            )
        }
        #expect(untold.count < SKUCatalogue.embedded.count / 10, "\(untold.joined(separator: "\n"))")
    }

    @Test("New SKUs are told by their names")
    func new() {
        #expect(classify("O365_NEW_1", "Office 365 E7") == .enterprise)
        #expect(classify("Office_365_E4_(no_Teams)", "Office 365 E4 (no Teams)") == .enterprise)
        #expect(classify("SPE_E3_NEW", "Microsoft 365 E3 without Power BI for Government") == .government)
        #expect(classify("X", "Office 365 F3 (new)") == .kiosk)
        #expect(classify("X", "Microsoft 365 Business Premium for Faculty") == .academic)
        #expect(classify("X", "Microsoft 365 E5 Security and Compliance") == .other)
        #expect(classify("X", "Dynamics 365 Sales for Government") == .other)
        #expect(classify("X", "Exchange Online (Plan 3)") == .office365Plan)
    }

    @Test("What the names tell in two ways is not told")
    func contradictions() {
        #expect(classify("ENTERPRISEPACK_X", "Office 365 Small Business") == nil)
        #expect(classify("MCO_X", "Dynamics 365 with Teams") == nil)
        #expect(classify("X", "Contoso Suite") == nil)
    }

    @Test("Without a telling name the service plans decide: one workload is a plan, several are not told")
    func servicePlans() {
        #expect(classify("X", "", ["EXCHANGE_S_FOUNDATION", "SHAREPOINTSTANDARD"]) == .office365Plan)
        #expect(classify("X", "", ["EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD"]) == nil)
        #expect(classify("X", "", ["INTUNE_A", "AAD_PREMIUM", "EXCHANGE_S_FOUNDATION"]) == .other)
        #expect(classify("X", "", ["INTUNE_A", "SOMETHING_NEW"]) == nil)
        #expect(classify("X", "", ["EXCHANGE_S_FOUNDATION"]) == nil)
        #expect(classify("X", "", []) == nil)
    }
}
