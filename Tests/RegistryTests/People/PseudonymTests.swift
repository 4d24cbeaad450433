import Testing

@testable import Registry

@Suite("Names in texts")
struct PseudonymTests {
    private static let pseudonym = UserPrincipalName(pseudonymOf: Array(repeating: 0xAB, count: 16))

    @Test("A pseudonym is a user principal name, and tells that it is none")
    func pseudonym() throws {
        #expect(Self.pseudonym.value == "abababababababababababababababab@person.invalid")
        #expect(Self.pseudonym.isPseudonym)
        #expect(try UserPrincipalName(Self.pseudonym.value.uppercased()) == Self.pseudonym)
        #expect(try !UserPrincipalName("ann@invalid.person").isPseudonym)
    }

    @Test(
        "A name is found in a text, whole and with what stands around it left as it is",
        arguments: [
            ("ann@contoso.com", "<ann@contoso.com>"),
            ("Ann@Contoso.COM", "<ann@contoso.com>"),
            ("joann@contoso.com", "<joann@contoso.com>"),
            ("'x@contoso.com", "<'x@contoso.com>"),
            ("bought by ann@contoso.com.", "bought by <ann@contoso.com>."),
            ("'ann@contoso.com', \"bo'b@x.example\";", "'<ann@contoso.com>', \"<bo'b@x.example>\";"),
            ("first ann@contoso.com, then ann@contoso.com", "first <ann@contoso.com>, then <ann@contoso.com>"),
            ("mailto:ann@contoso.com?x", "mailto:<ann@contoso.com>?x"),
            ("(ann@contoso.com)\nbob@contoso.com", "(<ann@contoso.com>)\n<bob@contoso.com>"),
            ("ann@münchen.example", "<ann@xn--mnchen-3ya.example>"),
            ("a@b@contoso.com", "a@<b@contoso.com>"),
            ("@ and @@ and a@ and @b", "@ and @@ and a@ and @b"),
            ("ann@-", "ann@-"), ("T42", "T42"), ("", ""),
        ]
    )
    func replacing(text: String, expected: String) {
        let marked = text.replacingNames { UserPrincipalName(stored: "<\($0.value)>") }
        #expect(marked == expected)
    }

    @Test("Names are replaced in every text of a value, and nowhere else")
    func values() {
        let value = AuditValue.object([
            "ann@contoso.com": .number(1), "list": .list([.text("ann@contoso.com"), .null, .flag(true)]),
        ])
        #expect(
            value.replacingNames { _ in Self.pseudonym }
                == .object([
                    "ann@contoso.com": .number(1),
                    "list": .list([.text(Self.pseudonym.value), .null, .flag(true)]),
                ])
        )
    }
}
