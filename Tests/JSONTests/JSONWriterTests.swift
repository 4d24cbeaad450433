import Foundation
import JSON
import Testing

@Suite("JSON that is written")
struct JSONWriterTests {
    private struct Value: Codable {
        var zebra = 1
        var apple = "a\"b\\c/d\u{8}\u{c}\n\r\t\u{1}\u{7F}é•😀"
        var list: [Int?] = [1, nil, -3]
        var empty: [String] = []
        var nothing: Int?
        var flags = [true, false]
        var inner = Inner()
        var byName = ["b": 2, "a": 1]
        var numbers = [0.5, 3, -2.25, 1e300, 1e15]
        var large = [Int64.min, Int64.max]
        var unsigned = UInt64.max
        var small: Int8 = -128

        struct Inner: Codable {
            var b = Empty()
            var a: String? = "x"
        }

        struct Empty: Codable {}
    }

    private func expected(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test("It is what another encoder writes, names in order")
    func same() throws {
        #expect(try JSONWriter().text(of: Value()) == expected(Value()))
        #expect(try JSONWriter().text(of: [Value(), Value()]) == expected([Value(), Value()]))
        #expect(try JSONWriter().text(of: "x") == "\"x\"")
        #expect(try JSONWriter().text(of: [String: Int]()) == "{}")
        #expect(try JSONWriter().text(of: Int?.none) == "null")
    }

    /// Writes itself in the ways that few do.
    private struct Unusual: Encodable {
        enum Key: String, CodingKey { case z, a, m, list }

        func encode(to encoder: any Encoder) throws {
            var outer = encoder.container(keyedBy: Key.self)
            var nested = outer.nestedContainer(keyedBy: Key.self, forKey: .z)
            try outer.encode(1, forKey: .a)
            try nested.encode(2, forKey: .m)
            try nested.encode(3, forKey: .a)
            var items = outer.nestedUnkeyedContainer(forKey: .list)
            try items.encode("one")
            var inner = items.nestedContainer(keyedBy: Key.self)
            try inner.encode(4, forKey: .a)
            try items.encode("two")
            var again = encoder.container(keyedBy: Key.self)
            try again.encode(5, forKey: .m)
            try again.encode(6, forKey: .m)
        }
    }

    @Test("Containers may be used side by side, and of two members with one name the last counts")
    func nested() throws {
        #expect(
            try JSONWriter().text(of: Unusual()) == #"{"a":1,"list":["one",{"a":4},"two"],"m":6,"z":{"a":3,"m":2}}"#
        )
    }

    @Test("What is asked for is written as an escape, beyond the basic plane as two")
    func escapes() throws {
        var writer = JSONWriter()
        writer.isEscaped = { $0 == "\u{202E}" || $0 == "\u{E0001}" || $0 == "\u{7F}" }
        #expect(try writer.text(of: "é\u{202E}x\u{E0001}\u{7F}") == #""é\u202ex\udb40\udc01\u007f""#)
    }

    @Test("A number that JSON does not have is refused")
    func infinity() {
        #expect(throws: EncodingError.self) { try JSONWriter().text(of: [Double.infinity]) }
    }
}
