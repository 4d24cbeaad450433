import CSV
import Testing

@testable import Registry

struct MicrosoftSKUListTests {
    private static let header =
        "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names"
    private static let planID = "113feb6c-3fe4-4440-bddc-54d774bf0318"

    private func read(_ rows: [String], lineEnd: String = "\r\n") throws -> MicrosoftSKUList.Contents {
        let text = "\u{FEFF}" + ([Self.header] + rows).joined(separator: lineEnd) + lineEnd
        return try MicrosoftSKUList.contents(of: OneChunk(bytes: Array(text.utf8)))
    }

    @Test("One SKU for each part number, with all GUIDs and names, GUIDs in lower case", arguments: ["\r\n", "\n"])
    func merging(_ lineEnd: String) throws {
        let contents = try read(
            [
                "Skype Small,MCOPSTN5,11DEE6AF-ECA8-419F-8061-6864517C1875,MCOPSTN5,\(Self.planID),x",
                "Contoso Suite,NEW_SUITE,00000000-0000-0000-0000-000000000001,EXCHANGE_S_STANDARD,\(Self.planID),\"a, \"\"b\"\"\"",
                "Skype 120 min,MCOPSTN5\u{A0},54a152dc-90de-4996-93d2-bc47e670fc06,MCOPSTN5,\(Self.planID),x",
                "Skype Small,mcopstn5,11dee6af-eca8-419f-8061-6864517c1875,OTHER,\(Self.planID),x",
            ],
            lineEnd: lineEnd
        )
        #expect(contents.problems.isEmpty)
        #expect(contents.skus.map(\.partNumber.text) == ["MCOPSTN5", "NEW_SUITE"])
        let calling = contents.skus[0]
        #expect(
            calling.skuIDs == ["11dee6af-eca8-419f-8061-6864517c1875", "54a152dc-90de-4996-93d2-bc47e670fc06"]
        )
        #expect(calling.displayNames == ["Skype Small", "Skype 120 min"])
        #expect(calling.family == .office365Plan)
    }

    @Test("R39: the catalogue's family goes before the names; what neither tells stays unknown")
    func families() throws {
        let contents = try read([
            "Microsoft Fabric (Free),POWER_BI_STANDARD,a403ebcc-fae0-4ca2-8c8c-7a907fd6c235,SHAREPOINTSTANDARD,x,x",
            "Contoso,UNKNOWN,00000000-0000-0000-0000-000000000001,WHATEVER,x,x",
            "Contoso,PLAN,00000000-0000-0000-0000-000000000002,EXCHANGE_S_FOUNDATION,x,x",
            "Contoso,PLAN,00000000-0000-0000-0000-000000000002,YAMMER_ENTERPRISE,x,x",
        ])
        #expect(contents.skus.map(\.family) == [.office365Plan, .other, nil])
    }

    @Test("Every bad row is told with its line and column, and the rest is read")
    func problems() throws {
        let contents = try read([
            "Office 365 E3,ENTERPRISEPACK,6fd2c87f-b296-42f0-b197-1e91e994b900,PLAN,x,x",
            "Office 365 E3, ,6fd2c87f-b296-42f0-b197-1e91e994b900,PLAN,x,x",
            "Office 365 E3,ENTERPRISEPACK,6fd2c87f,PLAN,x,x",
            "short,row",
            " ,ENTERPRISEPACK,6fd2c87f-b296-42f0-b197-1e91e994b900,PLAN,x,x",
        ])
        #expect(contents.skus.map(\.partNumber.text) == ["ENTERPRISEPACK"])
        #expect(contents.problems.map(\.row) == [3, 4, 5, 6])
        #expect(contents.problems.map(\.column) == ["String_Id", "GUID", nil, "Product_Display_Name"])
    }

    @Test("Another CSV file is refused with the columns it lacks")
    func otherFile() {
        let error = #expect(throws: Refusal.self) {
            try MicrosoftSKUList.contents(of: OneChunk(bytes: Array("code,sku,seats\n".utf8)))
        }
        #expect(error?.detail.contains("String_Id") == true)
    }

    @Test("The whole catalogue, written as such a list, is read in any pieces")
    func wholeList() throws {
        var bytes = Array((Self.header + "\n").utf8)
        for sku in SKUCatalogue.embedded {
            for id in sku.skuIDs {
                for plan in 0..<9 {
                    CSVWriter().append(
                        [sku.displayName, sku.partNumber.text, id, "PLAN\(plan)", Self.planID, "Plan"],
                        to: &bytes
                    )
                }
            }
        }
        let contents = try MicrosoftSKUList.contents(of: OneChunk(bytes: bytes))
        #expect(contents.problems.isEmpty)
        #expect(
            contents.skus.map(\.partNumber) == SKUCatalogue.embedded.filter { !$0.skuIDs.isEmpty }.map(\.partNumber)
        )
        #expect(contents.skus.allSatisfy { SKUCatalogue.sku($0.partNumber)?.family == $0.family })
    }
}
