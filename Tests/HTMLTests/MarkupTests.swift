import HTML
import Testing

@Suite("HTML in which no text becomes markup")
struct MarkupTests {
    @Test("Text and attributes are escaped, whatever they hold")
    func escapes() {
        let name = "</td><script>alert('1 & \"2\"')</script>"
        let markup = Markup("td", ["title": name]) { name }
        let escaped = "&lt;/td&gt;&lt;script&gt;alert(&#39;1 &amp; &quot;2&quot;&#39;)&lt;/script&gt;"
        #expect(markup.source == "<td title=\"\(escaped)\">\(escaped)</td>\n")
    }

    @Test("What is escaped already is escaped again")
    func twice() {
        #expect(Markup(text: "&amp;").source == "&amp;amp;")
    }

    @Test("A letter that a combining mark hides is escaped as well")
    func combining() {
        #expect(Markup(text: "<\u{301}b>\u{301}").source == "&lt;\u{301}b&gt;\u{301}")
    }

    @Test("Characters that HTML does not have are replaced; tabs and line feeds are not")
    func controls() {
        #expect(Markup(text: "a\0b\u{1B}c\u{85}d\u{FFFE}").source == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
        #expect(Markup(text: "a\tb\nc").source == "a\tb\nc")
    }

    @Test("Every scalar comes out as text: none but the escapes has a character of markup")
    func everyScalar() {
        for value in UInt32(0)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let source = Markup(text: String(Character(scalar))).source
            #expect(!source.contains { "<>\"'".contains($0) }, "U+\(String(value, radix: 16))")
        }
    }

    @Test("Attributes keep their order, and one without a value is left out")
    func attributes() {
        let isHidden: String? = nil
        let markup = Markup("p", ["id": "b", "hidden": isHidden, "class": "a"])
        #expect(markup.source == "<p id=\"b\" class=\"a\"></p>\n")
    }

    @Test("Elements without content are closed, others have an end tag")
    func closing() {
        #expect(Markup("br").source == "<br />\n")
        #expect(Markup("div").source == "<div></div>\n")
        #expect(Markup("b") { "x" }.source == "<b>x</b>")
    }

    @Test("Conditions and loops stand in an element")
    func builder() {
        func list(_ numbers: [Int], isLong: Bool) -> String {
            Markup("ul") {
                for number in numbers { Markup("li") { number } }
                if isLong { Markup("li") { "…" } }
                if numbers.isEmpty { "none" } else { "some" }
            }.source
        }
        #expect(list([1, 2], isLong: true) == "<ul><li>1</li>\n<li>2</li>\n<li>…</li>\nsome</ul>\n")
        #expect(list([], isLong: false) == "<ul>none</ul>\n")
    }

    @Test("Pieces are joined by an escaped separator")
    func joined() {
        #expect(Markup.joined(["a", "b"].map { Markup(text: $0) }, by: " & ").source == "a &amp; b")
    }

    @Test("A document says that it takes nothing from elsewhere, and escapes its title")
    func document() {
        let text = HTMLDocument(title: "A & <B>", style: "p { margin: 0 }\n").text { Markup("p") { "x" } }
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>"))
        #expect(text.contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"))
        #expect(text.contains("<title>A &amp; &lt;B&gt;</title>"))
        #expect(text.contains("<style>\np { margin: 0 }\n</style>"))
        #expect(text.hasSuffix("<body>\n<p>x</p>\n</body>\n</html>\n"))
    }
}
