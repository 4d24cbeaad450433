import FoundationEssentials
import Testing

@testable import Registry

struct SKUPartNumberTests {
    @Test("Part numbers are the same whatever their case and kind of blanks")
    func comparison() throws {
        let spaced = try #require(SKUPartNumber("DYN365_ ENTERPRISE _RELATIONSHIP_SALES"))
        let unbroken = try #require(SKUPartNumber("\u{A0}dyn365_\u{A0} Enterprise\t_Relationship_Sales "))
        #expect(spaced == unbroken)
        #expect(Set([spaced, unbroken]).count == 1)
        #expect(unbroken.key == "DYN365_ ENTERPRISE _RELATIONSHIP_SALES")
        #expect(spaced != SKUPartNumber("DYN365_ENTERPRISE_RELATIONSHIP_SALES"))
    }

    @Test("The published text is kept, in JSON too")
    func text() throws {
        let partNumber = try #require(SKUPartNumber(" Power_Pages_(T3)_min_1,000/month\u{A0}x "))
        #expect(partNumber.text == "Power_Pages_(T3)_min_1,000/month\u{A0}x")
        let data = try JSONEncoder().encode([partNumber])
        #expect(try JSONDecoder().decode([SKUPartNumber].self, from: data).first?.text == partNumber.text)
    }

    @Test("Nothing, control characters and more than 256 bytes are no part number")
    func refused() {
        #expect(SKUPartNumber("") == nil)
        #expect(SKUPartNumber(" \u{A0}\u{FEFF}") == nil)
        #expect(SKUPartNumber("A\u{1B}[31mB") == nil)
        #expect(SKUPartNumber(String(repeating: "A", count: 256)) != nil)
        #expect(SKUPartNumber(String(repeating: "A", count: 257)) == nil)
    }
}
