import Testing

@testable import Registry

struct UserPrincipalNameTests {
    @Test("Names are compared without regard to case")
    func comparison() throws {
        let name = try UserPrincipalName(" Ada.Lovelace@Contoso.COM ")
        #expect(name == (try UserPrincipalName("ada.lovelace@contoso.com")))
        #expect(name.value == "ada.lovelace@contoso.com")
        #expect(name.domain == (try DomainName("contoso.com")))
    }

    @Test(
        "What Entra ID allows is taken",
        arguments: [
            "o'hara@contoso.com", "a-b_c!d#e^f~g@contoso.com", "x@contoso.com",
            "guest_gmail.com#EXT#@contoso.onmicrosoft.com", "ada@bücher.example",
        ]
    )
    func taken(_ text: String) throws {
        #expect(try UserPrincipalName(text).value.hasPrefix(text.lowercased().prefix(while: { $0 != "@" })))
    }

    @Test("64 characters before the @ are taken, 65 are not")
    func length() throws {
        let local = String(repeating: "a", count: 64)
        #expect(try UserPrincipalName("\(local)@contoso.com").value == "\(local)@contoso.com")
        #expect(throws: Refusal.self) { try UserPrincipalName("\(local)a@contoso.com") }
    }

    @Test(
        "What is no user principal name is refused with the reason",
        arguments: [
            ("", "no @"), ("ada", "no @"), ("@contoso.com", "nothing before"), ("ada@", "empty"),
            ("ada@contoso", "single label"), (".ada@contoso.com", "dot"), ("ada.@contoso.com", "dot"),
            ("a..b@contoso.com", "dot"), ("a b@contoso.com", "\" \""), ("a@b@contoso.com", "\"@\""),
            ("a+b@contoso.com", "\"+\""), ("ädam@contoso.com", "\"ä\""), ("a\u{1B}b@contoso.com", "\\u{1B}"),
        ]
    )
    func refused(_ text: String, _ reason: String) {
        let error = #expect(throws: Refusal.self) { try UserPrincipalName(text) }
        #expect(error?.code == .inputInvalid)
        #expect(error?.detail.contains(reason) == true, "\(error?.detail ?? "")")
    }
}
