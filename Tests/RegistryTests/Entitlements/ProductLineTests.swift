import Foundation
import Testing

@testable import Registry

@Suite("Product lines")
struct ProductLineTests {
    @Test("A name is 1 to 64 lower-case letters, digits and dashes, known or not")
    func names() {
        #expect(ProductLine(rawValue: "office-suite") == .officeSuite)
        #expect(ProductLine(rawValue: "visio-2016")?.rawValue == "visio-2016")
        #expect(ProductLine(rawValue: "a") != nil)
        #expect(ProductLine(rawValue: String(repeating: "a", count: 64)) != nil)
        for bad in ["", String(repeating: "a", count: 65), "Office", "office suite", "büro", "office_suite"] {
            #expect(ProductLine(rawValue: bad) == nil, "\(bad)")
        }
    }

    @Test("JSON has the name alone, and a name of another form is not read")
    func coding() throws {
        let text = try JSONEncoder().encode([ProductLine.azureCredit])
        #expect(String(decoding: text, as: UTF8.self) == #"["azure-credit"]"#)
        #expect(try JSONDecoder().decode([ProductLine].self, from: text) == [.azureCredit])
        #expect(throws: Refusal.self) {
            try JSONDecoder().decode([ProductLine].self, from: Data(#"["Azure Credit"]"#.utf8))
        }
    }
}
