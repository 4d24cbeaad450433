import Testing

@testable import Registry

@Suite("Codes in texts")
struct MaskingTests {
    private static let mask = "•••••-•••••-•••••-•••••-"

    @Test(
        "A code in a text is masked, in every form in which one is read",
        arguments: [
            "XKB4C-T9V2M-QH7RD-6WJ3P-BCDFG", "xkb4c-t9v2m-qh7rd-6wj3p-bcdfg", "XKB4C T9V2M QH7RD 6WJ3P BCDFG",
            "XKB4CT9V2MQH7RD6WJ3PBCDFG", "xkb4ct9v2mqh7rd6wj3pbcdfg", "XKB4C–T9V2M—QH7RD−6WJ3P‑BCDFG",
            "XKB4C_T9V2M_QH7RD_6WJ3P_BCDFG", "XKB4C - T9V2M - QH7RD - 6WJ3P - BCDFG", "XKB4CT9V2M-QH7RD 6WJ3PBCDFG",
            "XKB4C\tT9V2M\u{A0}QH7RD\u{200B}6WJ3P\u{AD}BCDFG",
            "XKB4C\u{FF0D}T9V2M\u{FF0D}QH7RD\u{FF0D}6WJ3P\u{FF0D}BCDFG",
            "ＸＫＢ４Ｃ-Ｔ９Ｖ２Ｍ-ＱＨ７ＲＤ-６ＷＪ３Ｐ-ＢＣＤＦＧ", "XKB4C T9V2M QH7RD 6WJ3O BCDFG",
        ]
    )
    func forms(code: String) {
        #expect(ActivationCode.stands(in: code))
        #expect(ActivationCode.masking(code) == "\(Self.mask)BCDFG")
        #expect(ActivationCode.masking("user:\(code)") == "user:\(Self.mask)BCDFG")
        #expect(
            ActivationCode.masking("The tenant \"\(code)\" is unknown.")
                == "The tenant \"\(Self.mask)BCDFG\" is unknown."
        )
        #expect(
            ActivationCode.masking("/tmp/\(code).csv and \(code)") == "/tmp/\(Self.mask)BCDFG.csv and \(Self.mask)BCDFG"
        )
    }

    @Test("Any letters make a code where dashes stand between all groups")
    func dashed() {
        #expect(ActivationCode.masking("AAAAA-EEEEE-IIIII-OOOOO-SSSSS") == "\(Self.mask)SSSSS")
        #expect(ActivationCode.masking("Token AAAAA-EEEEE-IIIII-OOOOO-SSSSS") == "Token \(Self.mask)SSSSS")
    }

    @Test("More groups than a code has are masked as a whole")
    func moreGroups() {
        #expect(ActivationCode.masking("XKB4C-T9V2M-QH7RD-6WJ3P-BCDFG-HJKMP") == "\(Self.mask)HJKMP")
        #expect(ActivationCode.masking("XKB4C T9V2M QH7RD 6WJ3P BCDFG HJKMP") == "\(Self.mask)HJKMP")
    }

    @Test("A masked code stays as it is")
    func masked() {
        #expect(ActivationCode.masking("\(Self.mask)BCDFG") == "\(Self.mask)BCDFG")
    }

    @Test(
        "What only looks a little like a code stays as it is",
        arguments: [
            "", "T42", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3f2504e04f8941d39a0c0305e82c3301",
            String(repeating: "0123456789abcdef", count: 4), "r-8c1f2e0011223344",
            "thisisalongnameofacompany.example", "anna.bartholomewsdaughterings@contoso.onmicrosoft.com",
            "Every other group takes forty", "Small World Music Group House", "1234567890123456789012345",
            "XKB4C-T9V2M-QH7RD-6WJ3P", "XKB4C-T9V2M-QH7RD-6WJ3P-BCDF", "XKB4C, T9V2M, QH7RD, 6WJ3P, BCDFG",
            "2026-03-02T09:30:00.123456Z", "2026-01-01 2026-02-02 2026-03-03", "XKB4CT9V2MQH7RD6WJ3PBCDFGH",
        ]
    )
    func others(text: String) {
        #expect(!ActivationCode.stands(in: text))
        #expect(ActivationCode.masking(text) == text)
    }

    @Test("A text is masked before it is cut, so that no half of a code is left")
    func excerpt() {
        let code = "XKB4C-T9V2M-QH7RD-6WJ3P-BCDFG"
        #expect(
            ActivationCode.excerpt(of: "\(String(repeating: " ", count: 60))\(code)", 80).contains("XKB4C") == false
        )
    }
}
