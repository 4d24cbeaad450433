/// A piece of HTML, SVG included. Text that is put into it is escaped, so that no text can become markup.
///
///     Markup("ul", ["class": "names"]) {
///         for name in names {
///             Markup("li") { name }
///         }
///     }
///
/// Names of elements and attributes are the program's own literals, never data.
public struct Markup: Hashable, Sendable {
    /// The HTML, every tag closed. An element without content, such as `meta`, is closed as in XML, so that what reads
    /// XML can read it too.
    public private(set) var source: String

    /// An element and what stands in it.
    /// - Parameter attributes: in their order; one whose value is nil is left out.
    public init(
        _ element: StaticString,
        _ attributes: KeyValuePairs<StaticString, String?> = [:],
        @MarkupBuilder content: () throws -> Markup
    ) rethrows {
        let content = try content()
        source = "<\(element)\(Self.list(attributes))>\(content.source)</\(element)>\(Self.end(of: element))"
    }

    /// An element without anything in it.
    public init(_ element: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:]) {
        let name = element.description
        let closing = Self.contentless.contains(name) ? " />" : "></\(name)>"
        source = "<\(name)\(Self.list(attributes))\(closing)\(Self.end(of: element))"
    }

    /// What stands one after another.
    public init(@MarkupBuilder content: () throws -> Markup) rethrows {
        self = try content()
    }

    /// Text.
    public init(text: some StringProtocol) {
        source = Self.escaped(text)
    }

    /// Nothing.
    public init() {
        source = ""
    }

    /// One after another.
    public init(_ parts: some Sequence<Markup>) {
        source = parts.reduce(into: "") { $0 += $1.source }
    }

    /// A style sheet. It is not escaped: a browser takes it as it is up to the end tag.
    /// - Precondition: it has no `<`.
    public static func style(_ sheet: String) -> Markup {
        precondition(!sheet.contains("<"), "a style sheet has no markup")
        var markup = Markup()
        markup.source = "<style>\n\(sheet)</style>\n"
        return markup
    }

    /// The pieces with `separator` between each two.
    public static func joined(_ parts: some Sequence<Markup>, by separator: String) -> Markup {
        var markup = Markup()
        for (index, part) in parts.enumerated() {
            if index > 0 { markup.source += escaped(separator) }
            markup.source += part.source
        }
        return markup
    }

    private static func list(_ attributes: KeyValuePairs<StaticString, String?>) -> String {
        var list = ""
        for (name, value) in attributes {
            if let value { list += " \(name)=\"\(escaped(value))\"" }
        }
        return list
    }

    /// In text and in attributes alike.
    static func escaped(_ text: some StringProtocol) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            // Neither HTML nor XML has these, not even escaped.
            case "\0"..<"\t", "\u{B}"..<"\r", "\u{E}"..<" ", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}":
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A line feed after what begins a line of its own anyway, so that a person can read the source.
    private static func end(of element: StaticString) -> String {
        inline.contains(element.description) ? "" : "\n"
    }

    private static let contentless: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    /// Blanks around these show.
    private static let inline: Set<String> = [
        "a", "abbr", "b", "bdi", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q", "s", "samp", "small",
        "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr",
    ]
}

/// Gathers what stands in an element: pieces and texts, one after another.
@resultBuilder
public enum MarkupBuilder {
    public static func buildExpression(_ markup: Markup) -> Markup { markup }
    public static func buildExpression(_ text: some StringProtocol) -> Markup { Markup(text: text) }
    public static func buildExpression(_ number: Int) -> Markup { Markup(text: String(number)) }
    public static func buildBlock(_ parts: Markup...) -> Markup { parts.count == 1 ? parts[0] : Markup(parts) }
    public static func buildOptional(_ part: Markup?) -> Markup { part ?? Markup() }
    public static func buildEither(first part: Markup) -> Markup { part }
    public static func buildEither(second part: Markup) -> Markup { part }
    public static func buildArray(_ parts: [Markup]) -> Markup { Markup(parts) }
}
