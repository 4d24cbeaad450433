import Foundation
import Testing

@testable import Registry

@Suite("Unseen characters")
struct EscapedTextTests {
    static let unseen: [Unicode.Scalar] = (UInt32(0)...0x10FFFF).compactMap { Unicode.Scalar($0) }.filter(\.isUnseen)

    @Test("Controls, separators, directions and invisible characters are unseen; letters and blanks are not")
    func unseen() {
        for value: UInt32 in [
            0, 9, 0xA, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x61C, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202E, 0x2066,
            0x3164, 0xFE0F, 0xFEFF, 0xE0041,
        ] {
            #expect(Unicode.Scalar(value)?.isUnseen == true, "\(value)")
        }
        #expect(!"Zoë Ångström–Ж漢字 مرحبا\u{A0}\u{3000}€😀 = 'x'".unicodeScalars.contains(where: { $0.isUnseen }))
    }

    @Test("Escaped, no unseen character is left, and line feeds only where lines are wanted")
    func escapes() {
        #expect("a\u{1B}[31m\nb\u{202E}".escaped == "a\\u{1B}[31m\\u{A}b\\u{202E}")
        #expect("a\r\nb".escapedLines == "a\\u{D}\nb")
        #expect("Zoë".escaped == "Zoë")
        for scalar in Self.unseen { #expect(!"a\(scalar)b".escaped.unicodeScalars.contains(where: { $0.isUnseen })) }
    }

    @Test("Escaped JSON has no unseen character, and is the same value")
    func json() throws {
        let encoder = JSONEncoder()
        for scalar in Self.unseen {
            let value = ["k\(scalar)": "a\(scalar)ü"]
            let text = String(decoding: try encoder.encode(value), as: UTF8.self).escapedJSON
            #expect(!text.unicodeScalars.contains(where: { $0.isUnseen }))
            #expect(try JSONDecoder().decode([String: String].self, from: Data(text.utf8)) == value)
        }
    }

    @Test("No value made of a text takes an unseen character, and a text that is kept neither")
    func values() throws {
        for scalar in Self.unseen {
            let text = "a\(scalar)b"
            #expect(KeptText.flaw(of: text) != nil)
            #expect(SKUPartNumber(text)?.text.unicodeScalars.contains(where: { $0.isUnseen }) != true)
            #expect(Principal("user:\(text)") == nil)
            #expect(ProductLine(rawValue: text) == nil)
            #expect(OrganizationID(text) == nil)
            #expect(throws: Refusal.self) { try UserPrincipalName("\(text)@contoso.com") }
            #expect(throws: Refusal.self) { try CountryCode("D\(scalar)E") }
            let table = ProgramTable(programs: [.init(id: "a", name: text, kind: "other", benefits: [])])
            #expect(table.validated().faults.contains { $0.path == "programs[0].name" })
        }
        #expect(KeptText.flaw(of: "Zoë's Büro, 東京") == nil)
        #expect(KeptText.flaw(of: String(repeating: "a", count: 201)) != nil)
        #expect(KeptText.flaw(of: " \u{A0}") != nil)
    }
}
