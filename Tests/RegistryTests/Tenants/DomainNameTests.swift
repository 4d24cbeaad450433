import Foundation
import Testing

@testable import Registry

struct DomainNameTests {
    @Test(
        "Names are kept in lower case and in A-labels, without the dot of the root",
        arguments: [
            ("contoso.com", "contoso.com"), ("Contoso.OnMicrosoft.COM.", "contoso.onmicrosoft.com"),
            ("3m.example", "3m.example"), ("bücher.example", "xn--bcher-kva.example"),
            ("BU\u{308}CHER.Example", "xn--bcher-kva.example"), ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
            ("straße.de", "xn--strae-oqa.de"), ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("пример。рф", "xn--e1afmkfd.xn--p1ai"), ("ｆｕｌｌ．example", "full.example"),
            ("हिन्दी.example", "xn--j2bd4cyah0f.example"), ("a--b.com", "a--b.com"),
        ]
    )
    func normalForm(_ text: String, _ expected: String) throws {
        #expect(try DomainName(text).value == expected)
    }

    @Test("International names become what ICU makes of them, and come back as they were")
    func likeICU() throws {
        for label in [
            "münchen", "españa", "ålesund", "łódź", "ελλάδα", "россия", "日本語", "한국", "ไทย", "العربية", "ישראל",
            "übergrößenträger", "đà-nẵng", "𐐨𐐩x", "ça-va-bien", "1ü", "ü1-2-3",
        ] {
            let text = "\(label).example"
            let name = try DomainName(text)
            #expect(name.value == URLComponents(string: "https://\(text)")?.encodedHost)
            #expect(name.unicode == text.precomposedStringWithCanonicalMapping)
        }
    }

    @Test("A label of 63 characters and a name of 253 are taken, one more is not")
    func lengths() throws {
        let label = String(repeating: "a", count: 63)
        #expect(try DomainName("\(label).com").value.utf8.count == 67)
        #expect(throws: Refusal.self) { try DomainName("\(label)a.com") }
        let name = "\(label).\(label).\(label)." + String(repeating: "b", count: 57) + ".com"
        #expect(try DomainName(name).value.utf8.count == 253)
        #expect(try DomainName(name + ".").value.utf8.count == 253)
        #expect(throws: Refusal.self) { try DomainName("b" + name) }
        #expect(throws: Refusal.self) { try DomainName(String(repeating: "ü", count: 60) + ".com") }
    }

    @Test(
        "What is no domain name is refused, naming the label and why",
        arguments: [
            ("", "empty"), (".", "empty"), ("contoso", "single label"), ("contoso.", "single label"),
            ("a..com", "one of its labels is empty"), (".a.com", "is empty"), ("a.com..", "is empty"),
            ("-a.com", "\"-a\" begins with a dash"), ("a-.com", "\"a-\" ends with a dash"),
            ("a_b.com", "has the character \"_\""), ("a b.com", "has the character \" \""),
            ("a.com/x", "has the character \"/\""), ("10.0.0.1", "is a number"), ("user@a.com", "\"@\""),
            ("xn--a.example", "stands for"), ("xn--zzzzzz99999.example", "Punycode"), ("xn--.com", "ends with a dash"),
            ("xn--abc-.com", "ends with a dash"), ("a\u{200D}b.example", "200D"), ("☃.net", "☃"),
            ("\u{301}a.com", "combining mark"), ("xn--bücher.de", "third and fourth"), ("a\nb.com", "\\u{A}"),
            ("ab--ü.de", "third and fourth"), ("¹.com", "\"¹\""),
        ]
    )
    func refused(_ text: String, _ reason: String) {
        let error = #expect(throws: Refusal.self) { try DomainName(text) }
        #expect(error?.code == .inputInvalid)
        #expect(error?.detail.contains(reason) == true, "\(error?.detail ?? "")")
    }

    @Test("An A-label that stands for what another label stands for is refused")
    func notCanonical() {
        // In this order: a capital, a letter and its accent apart, plain ASCII, a superscript, a ligature.
        for label in ["xn--bcher-2pa", "xn--bucher-xyd", "xn--abc-", "xn--x-kda", "xn--x-sy8h"] {
            #expect(throws: Refusal.self, "\(label)") { try DomainName("\(label).example") }
        }
    }

    @Test("Any text is either refused or has a normal form that reads as itself")
    func anyText() {
        var generator = SplitMix(state: 3)
        let alphabet = Array("ab1-.xn--üßé例ς\u{308}\u{200D}ªA".unicodeScalars)
        var taken = 0
        for _ in 0..<20_000 {
            let scalars = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? "a"
            }
            guard let name = try? DomainName(String(String.UnicodeScalarView(scalars)) + ".example") else { continue }
            taken += 1
            #expect((try? DomainName(name.value)) == name)
            #expect((try? DomainName(name.unicode)) == name)
        }
        #expect(taken > 1_000)
    }

    @Test("In JSON a domain name is its A-labels")
    func coding() throws {
        let name = try DomainName("bücher.example")
        let data = try JSONEncoder().encode([name])
        #expect(String(decoding: data, as: UTF8.self) == "[\"xn--bcher-kva.example\"]")
        #expect(try JSONDecoder().decode([DomainName].self, from: data) == [name])
    }
}
