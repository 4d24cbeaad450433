import Foundation
import Testing

@testable import Registry

@Suite("Exports of Microsoft's tools")
struct ExportReadingTests {
    static let e3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
    static let intune = "061f9ace-7d42-4136-88ac-31dc755f143f"
    static let tenantID = TenantID("3f2504e0-4f89-41d3-9a0c-0305e82c3301")

    static func fixture(_ name: String) throws -> [UInt8] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try Array(Data(contentsOf: root.appending(path: "Fixtures/exports/\(name)")))
    }

    private func read(_ text: String) throws -> TenantExport { try TenantExport.read(Array(text.utf8)) }

    private func refusal(_ text: String) -> Refusal? { refusal(Array(text.utf8)) }

    private func refusal(_ bytes: [UInt8]) -> Refusal? {
        do {
            _ = try TenantExport.read(bytes)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    // MARK: What each file shows

    @Test("Graph's subscribedSkus, with lockedOut and without it")
    func subscribedSKUs() throws {
        let export = try TenantExport.read(Self.fixture("graph-subscribed-skus.json"))
        #expect(export.kinds == [.subscribedSKUs])
        #expect(export.tenantIDs == [Self.tenantID])
        #expect(export.accountNames == ["contoso"])
        #expect(export.skus.map(\.name.partNumber) == ["ENTERPRISEPACK", "INTUNE_A", "POWER_BI_STANDARD"])
        #expect(export.skus[0].units == ExportedUnits(enabled: 100, warning: 0, suspended: 0, lockedOut: 0))
        #expect(export.skus[1].units == ExportedUnits(enabled: 0, warning: 25, suspended: 0, lockedOut: nil))
        #expect(export.skus.map(\.consumed) == [83, 12, 7])
        #expect(export.listsAllSKUs)
    }

    @Test("Pages that follow one another; one whose next page is missing is not whole")
    func pages() throws {
        let bytes = try Self.fixture("graph-subscribed-skus-pages.json")
        let export = try TenantExport.read(bytes)
        #expect(export.skus.count == 2)
        #expect(export.gap == nil)
        let text = String(decoding: bytes, as: UTF8.self)
        let list = "[" + text.replacing("}\n{", with: "},\n{") + "]"
        #expect(try read(list).skus.count == 2)
        let cut = try #require(text.range(of: "}\n{"))
        let first = try read(text[..<cut.lowerBound] + "}")
        #expect(first.skus.count == 1)
        #expect(first.gap == .nextPage && !first.listsAllSKUs)
    }

    @Test("Graph's subscriptions: each purchase by how it stands")
    func subscriptions() throws {
        let export = try TenantExport.read(Self.fixture("graph-subscriptions.json"))
        #expect(export.kinds == [.subscriptions])
        #expect(export.skus.map { $0.units?.enabled } == [25, 0, 0])
        #expect(export.skus[1].units?.suspended == 10)
        #expect(export.skus[2].units?.outOfService == 0)
        #expect(export.skus[0].purchase?.endsOn == CalendarDate("2026-11-03"))
        #expect(export.skus.map { $0.purchase?.isTrial } == [false, false, true])
    }

    @Test("Graph's users: who holds nothing is left out, and names are in lower case")
    func graphUsers() throws {
        let export = try TenantExport.read(Self.fixture("graph-users.json"))
        #expect(export.kinds == [.users])
        #expect(export.users.map(\.user.value) == ["anna@contoso.com", "bert@contoso.com"])
        #expect(
            export.users[0].skus.map { export.heldSKUs[$0].skuID } == [Self.e3, "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235"]
        )
        #expect(export.users[1].line == 11)
    }

    @Test(
        "The admin centre's users, in both generations; who was deleted is left out",
        arguments: [
            (
                "admin-centre-users.csv",
                ["Office 365 E3+Microsoft Fabric (Free)", "ENTERPRISE MOBILITY + SECURITY E3+Office 365 E3"]
            ),
            ("admin-centre-users-older.csv", ["Office 365 E3", "Office 365 E3+Intune"]),
        ]
    )
    func adminCentre(_ name: String, _ held: [String]) throws {
        let export = try TenantExport.read(Self.fixture(name))
        #expect(export.users.map(\.user.value) == ["anna@contoso.com", "bert@contoso.com"])
        #expect(export.heldSKUs.map(\.joined) == held)
    }

    @Test("m365's list in JSON and CSV, where CSV has no units")
    func m365() throws {
        let json = try TenantExport.read(Self.fixture("m365-license-list.json"))
        #expect(json.skus.map { $0.units?.enabled } == [25])
        let csv = try TenantExport.read(Self.fixture("m365-license-list.csv"))
        #expect(csv.skus.map(\.units) == [nil, nil])
        #expect(csv.skus.map(\.status) == [.enabled, .suspended])
        #expect(csv.skus.map(\.consumed) == [2, 0])
        for export in [json, csv] { #expect(export.tenantIDs == [Self.tenantID]) }
    }

    @Test("PowerShell's tables and cards")
    func powerShell() throws {
        let msol = try TenantExport.read(Self.fixture("get-msolaccountsku.txt"))
        #expect(msol.accountNames == ["contoso"])
        #expect(msol.skus.count == 6)
        #expect(msol.skus[0].units == ExportedUnits(enabled: 100, warning: 0))
        #expect(msol.skus[5].units?.enabled == 1_000_003)
        let table = try TenantExport.read(Self.fixture("get-mgsubscribedsku.txt"))
        #expect(table.tenantIDs == [Self.tenantID])
        #expect(table.skus.map(\.name.skuID) == [Self.e3, Self.intune])
        #expect(table.skus.map(\.status) == [.enabled, .suspended])
        let cards = try TenantExport.read(Self.fixture("get-mgsubscribedsku-list.txt"))
        #expect(cards.skus.map { $0.units?.suspended } == [0, 25])
        #expect(cards.skus.map(\.consumed) == [2, 0])
    }

    @Test("Partner Center's subscribed SKUs, deployment and usage")
    func partnerCenter() throws {
        let skus = try TenantExport.read(Self.fixture("partner-center-subscribed-skus.json"))
        #expect(skus.kinds == [.subscribedSKUs])
        #expect(skus.skus.map(\.name.partNumber) == ["ENTERPRISEPACK", "INTUNE_A"])
        #expect(skus.skus[0].units == ExportedUnits(enabled: 100, warning: 0, suspended: 0))
        let deployment = try TenantExport.read(Self.fixture("partner-center-license-deployment.json"))
        #expect(deployment.kinds == [.licenseDeployment])
        #expect(deployment.tenantIDs == [Self.tenantID])
        #expect(deployment.skus[0].name.skuID == Self.e3)
        #expect(deployment.skus[0].units?.enabled == 25 && deployment.skus[0].consumed == 2)
        #expect(!deployment.listsAllSKUs)
        let usage = try TenantExport.read(Self.fixture("partner-center-license-usage.json"))
        #expect(usage.kinds == [.licenseUsage])
        #expect(usage.skus.map(\.consumed) == [2, 1])
    }

    // MARK: As people have them

    @Test(
        "Every fixture reads the same in UTF-16 and with a byte order mark",
        arguments: [
            "graph-subscribed-skus.json", "graph-users.json", "admin-centre-users.csv", "m365-license-list.csv",
            "get-msolaccountsku.txt", "get-mgsubscribedsku-list.txt", "partner-center-subscribed-skus.json",
        ]
    )
    func encodings(_ name: String) throws {
        let bytes = try Self.fixture(name)
        let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let expected = try TenantExport.read(plain)
        func check(_ bytes: [UInt8]) throws {
            let export = try TenantExport.read(bytes)
            #expect(export.skus.map(\.name) == expected.skus.map(\.name))
            #expect(export.users.map(\.user) == expected.users.map(\.user))
            #expect(export.heldSKUs == expected.heldSKUs)
        }
        let text = String(decoding: plain, as: UTF8.self)
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        try check([0xEF, 0xBB, 0xBF] + plain)
        try check([0xFF, 0xFE] + little)
        try check([0xFE, 0xFF] + big)
        try check(little)
        try check(big)
        try check(Array(text.replacing("\n", with: "\r\n").utf8))
    }

    @Test("Windows-1252, a comma or a semicolon or a tab, columns in another order, and PowerShell's own first line")
    func csvVariants() throws {
        let bytes: [UInt8] =
            Array("Licenses;User principal name;City\r\nOffice 365 E3;anna@contoso.com;M".utf8) + [0xFC]
            + Array("nchen\r\n".utf8)
        #expect(try TenantExport.read(bytes).users.map(\.user.value) == ["anna@contoso.com"])
        #expect(try read("sep=;\nUser principal name;Licenses\na@contoso.com;Office 365 E3\n").users.count == 1)
        #expect(try read("User principal name\tLicenses\na@contoso.com\tOffice 365 E3\n").users.count == 1)
        let typed = try read(
            """
            #TYPE Microsoft.Online.Administration.AccountSkuDetails
            "AccountName","AccountObjectId","AccountSkuId","ActiveUnits","ConsumedUnits","LockedOutUnits","SuspendedUnits","WarningUnits"
            "contoso","3f2504e0-4f89-41d3-9a0c-0305e82c3301","contoso:ENTERPRISEPACK","100","83","0","0","0"
            """
        )
        #expect(typed.skus[0].units == ExportedUnits(enabled: 100, warning: 0, suspended: 0, lockedOut: 0))
        #expect(typed.skus[0].line == 3)
        #expect(typed.tenantIDs == [Self.tenantID])
    }

    @Test("PowerShell's JSON: names begin with capitals, and one item is not a list")
    func powerShellJSON() throws {
        let one = try read(
            """
            {"SkuPartNumber": "ENTERPRISEPACK", "SkuId": "\(Self.e3)", "ConsumedUnits": 2,
             "PrepaidUnits": {"Enabled": 25, "LockedOut": 0, "Suspended": 0, "Warning": 0, "AdditionalProperties": {}},
             "AdditionalProperties": {}}
            """
        )
        #expect(one.skus.map { $0.units?.enabled } == [25])
        #expect(one.gap == .list && !one.listsAllSKUs)
        let users = try read(
            "[{\"UserPrincipalName\": \"a@contoso.com\", \"AssignedLicenses\": [{\"SkuId\": \"\(Self.e3)\"}]}]"
        )
        #expect(users.users.count == 1)
    }

    @Test("SKUs and users may stand in one file")
    func mixed() throws {
        let both = try Self.fixture("graph-subscribed-skus.json") + Self.fixture("graph-users.json")
        let export = try TenantExport.read(both)
        #expect(export.kinds == [.subscribedSKUs, .users])
        #expect(export.gap == nil)
    }

    @Test("A part number with blanks in a table")
    func blanks() throws {
        let table = try read(
            """
            AccountSkuId ActiveUnits WarningUnits ConsumedUnits
            ------------ ----------- ------------ -------------
            contoso:Power Pages vTrial\u{A0}for Makers 25 0 1
            """
        )
        #expect(table.skus[0].name.partNumber == "contoso:Power Pages vTrial\u{A0}for Makers")
        #expect(table.skus[0].units?.enabled == 25)
    }

    // MARK: What is not an export

    @Test(
        "Not quite JSON is told with its line and column",
        arguments: [
            ("{\"value\": [\n  {\"skuId\": \"x\",}\n]}", 2, 17), ("{'value': []}", 1, 2), ("{\"value\": [", 1, 12),
            ("{\"value\": [] // nothing\n}", 1, 14), ("[{\"skuPartNumber\": \"A\" \"consumedUnits\": 1}]", 1, 24),
            ("{\"value\": [{\"consumedUnits\": NaN}]}", 1, 30),
        ]
    )
    func notQuiteJSON(_ text: String, _ line: Int, _ column: Int) throws {
        let refused = try #require(refusal(text))
        #expect(refused.code == .importInvalid)
        #expect(refused.detail.contains("on line \(line), column \(column),"), "\(refused.detail)")
        #expect(refused.inputProblems.map(\.row) == [line])
    }

    @Test(
        "Anything else is refused, and says what would be read",
        arguments: [
            ("", "empty"), (" \n", "empty"), ("{}", "neither a SKU nor a user"), ("[]", "lists nothing"),
            ("{\"value\": []}", "lists nothing"), ("<html><body>Sign in</body></html>", "HTML"),
            ("[1]", "expected an object"), ("code,sku,seats\nA,B,1\n", "not known"),
            ("User principal name,City\na@contoso.com,Rome\n", "no column with their licences"),
            ("{\"value\": [{\"userPrincipalName\": \"a@contoso.com\"}]}", "no assignedLicenses"),
            (
                "{\"error\": {\"code\": \"Authorization_RequestDenied\", \"message\": \"Insufficient privileges\"}}",
                "Insufficient privileges"
            ),
            ("AccountSkuId ActiveUnits\n------------ -----------\ncontoso:ENTERPR... 25\n", "cut"),
            (
                "AccountSkuId ActiveUnits ConsumedUnits\n------------ ----------- -------------\ncontoso:A many 1\n",
                "not a number"
            ),
            ("{\"skuPartNumber\": \"A\", \"consumedUnits\": -1}", "not a number"),
            ("{\"skuPartNumber\": \"A\", \"consumedUnits\": 1e99}", "not a number"),
            ("skuPartNumber,consumedUnits\nA,1,2\n", "cannot be read"),
        ]
    )
    func hostile(_ text: String, _ expected: String) throws {
        let refused = try #require(refusal(text))
        #expect(refused.code == .importInvalid)
        #expect("\(refused.detail)".contains(expected), "\(refused.detail)")
    }

    @Test("Random changes of the fixtures are read or refused, and nothing worse")
    func mutations() throws {
        var generator = SeededGenerator(seed: 15)
        for name in [
            "graph-subscribed-skus.json", "graph-users.json", "admin-centre-users.csv", "get-msolaccountsku.txt",
            "get-mgsubscribedsku-list.txt", "m365-license-list.csv",
        ] {
            let bytes = try Self.fixture(name)
            for _ in 0..<300 {
                var changed = bytes
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let place = Int.random(in: 0..<changed.count, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: changed[place] = UInt8.random(in: 0...255, using: &generator)
                    case 1: changed.remove(at: place)
                    default: changed.removeSubrange(place..<min(changed.count, place + 40))
                    }
                }
                do {
                    _ = try TenantExport.read(changed)
                } catch {
                    #expect(error is Refusal)
                }
            }
        }
    }

    @Test("200,000 users are read whole, from JSON and from CSV")
    func many() throws {
        let count = 200_000
        var json = "{\"value\":["
        var csv = "User principal name,Licenses\n"
        for number in 0..<count {
            json +=
                "\(number == 0 ? "" : ",")\n{\"userPrincipalName\":\"user\(number)@contoso.com\",\"assignedLicenses\":[{\"disabledPlans\":[],\"skuId\":\"\(Self.e3)\"}]}"
            csv += "user\(number)@contoso.com,Office 365 E3+Intune\n"
        }
        json += "]}"
        #expect(try read(json).users.count == count)
        #expect(try read(csv).users.count == count)
    }

    @Test("Who has a name that nothing can be recorded under is told with the line")
    func unreadable() throws {
        let export = try read("User principal name,Licenses\nno name,Office 365 E3\na@contoso.com,Office 365 E3\n")
        #expect(export.unreadableUsers.map(\.line) == [2])
        #expect(export.users.count == 1)
    }
}
