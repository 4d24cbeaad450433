import Foundation
import Testing

@testable import Registry

struct CountryCodeTests {
    @Test("The 249 officially assigned codes are known, each in either case")
    func assigned() throws {
        #expect(CountryCode.zones.count == 249)
        for code in CountryCode.zones.keys.map(CountryCode.init(stored:)) {
            #expect(code.value.utf8.count == 2)
            #expect(try CountryCode(code.value.lowercased()) == code)
        }
    }

    @Test("Foundation knows every one of them")
    func likeFoundation() {
        let known = Set(Locale.Region.isoRegions.map(\.identifier))
        #expect(CountryCode.zones.keys.filter { !known.contains($0) }.isEmpty)
    }

    @Test("Any other code is refused", arguments: ["", "U", "USA", "XX", "XK", "EU", "ZZ", "12", "U\u{0}"])
    func refused(_ text: String) {
        let error = #expect(throws: Refusal.self) { try CountryCode(text) }
        #expect(error?.code == .inputInvalid)
    }

    @Test("UK is refused with the hint that it is GB")
    func unitedKingdom() {
        let error = #expect(throws: Refusal.self) { try CountryCode("uk") }
        #expect(error?.detail.contains("GB") == true)
    }
}
