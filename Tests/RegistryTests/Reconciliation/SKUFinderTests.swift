import Testing

@testable import Registry

@Suite("SKUs by what exports call them")
struct SKUFinderTests {
    private let finder = SKUFinder(
        [
            Self.sku("ENTERPRISEPACK", id: "6fd2c87f-b296-42f0-b197-1e91e994b900", "Office 365 E3"),
            Self.sku("EMS", "Enterprise Mobility + Security E3"),
            Self.sku("EMSPREMIUM", "Enterprise Mobility + Security E5"),
            Self.sku("Power Pages vTrial for Makers", "Power Pages trial"),
            Self.sku("TWIN_A", "Twin"), Self.sku("TWIN_B", "Twin"), Self.sku("PAIR_A", "Pair"),
            Self.sku("PAIR_B", "Pair"),
        ],
        preferring: [SKUPartNumber(stored: "PAIR_B")]
    )

    private static func sku(_ part: String, id: String? = nil, _ name: String) -> SKU {
        SKU(
            partNumber: SKUPartNumber(stored: part),
            skuIDs: id.map { [$0] } ?? [],
            displayNames: [name],
            family: .other
        )
    }

    private func found(_ name: ExportedSKUName) -> [String] {
        finder.find(name).map { found in
            switch found {
            case .sku(let sku): sku.partNumber.text
            case .unknown(let text, let candidates): "? \(text)\(candidates.isEmpty ? "" : " of \(candidates.count)")"
            }
        }
    }

    @Test("By part number, in any case, behind the account's name, with any blanks")
    func partNumbers() {
        for text in ["ENTERPRISEPACK", "enterprisepack", "contoso:ENTERPRISEPACK", "reseller-account:EnterprisePack"] {
            #expect(found(ExportedSKUName(partNumber: text)) == ["ENTERPRISEPACK"])
        }
        #expect(
            found(ExportedSKUName(partNumber: "POWER PAGES\u{A0}VTRIAL  FOR MAKERS")) == [
                "Power Pages vTrial for Makers"
            ]
        )
        #expect(found(ExportedSKUName(partNumber: "contoso:NEW_THING")) == ["? NEW_THING"])
    }

    @Test("By GUID and by name; a name of two is the one that the tenant has")
    func names() {
        #expect(found(ExportedSKUName(skuID: "6fd2c87f-b296-42f0-b197-1e91e994b900")) == ["ENTERPRISEPACK"])
        #expect(found(ExportedSKUName(displayName: "OFFICE 365 E3")) == ["ENTERPRISEPACK"])
        #expect(found(ExportedSKUName(displayName: "Pair")) == ["PAIR_B"])
        #expect(found(ExportedSKUName(displayName: "Twin")) == ["? Twin of 2"])
    }

    @Test(
        "Joined by +, though a name has a + of its own",
        arguments: [
            ("Office 365 E3", ["ENTERPRISEPACK"]), ("Office 365 E3+EMS", ["ENTERPRISEPACK", "EMS"]),
            ("Enterprise Mobility + Security E3", ["EMS"]),
            ("Office 365 E3+Enterprise Mobility + Security E5+Pair", ["ENTERPRISEPACK", "EMSPREMIUM", "PAIR_B"]),
            ("Office 365 E3+Something New", ["ENTERPRISEPACK", "? Something New"]),
            ("contoso:ENTERPRISEPACK+contoso:EMS", ["ENTERPRISEPACK", "EMS"]),
            ("Office 365 E3, Pair", ["ENTERPRISEPACK", "PAIR_B"]), ("+Office 365 E3+", ["ENTERPRISEPACK"]),
        ]
    )
    func joined(_ text: String, _ expected: [String]) {
        #expect(found(ExportedSKUName(joined: text)) == expected)
    }
}
