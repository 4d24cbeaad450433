/// A whole page in one file: it needs nothing from elsewhere, runs no script, and tells browsers to allow neither.
///
/// It can be written in parts, so that a long page never has to be in memory as a whole.
public struct HTMLDocument: Sendable {
    private let title: String
    private let style: String
    private let language: String

    /// - Parameters:
    ///   - title: plain text, for the window and for the file's name when it is printed to one.
    ///   - style: the style sheet.
    ///   - language: of the text, as in BCP 47.
    public init(title: String, style: String, language: String = "en") {
        self.title = title
        self.style = style
        self.language = language
    }

    /// What stands before the content.
    public var beginning: String {
        let head = Markup("head") {
            Markup("meta", ["charset": "utf-8"])
            Markup("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy])
            Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
            Markup("meta", ["name": "color-scheme", "content": "light dark"])
            Markup("meta", ["name": "referrer", "content": "no-referrer"])
            Markup("title") { title }
            Markup.style(style)
        }
        return "<!DOCTYPE html>\n<html lang=\"\(Markup.escaped(language))\">\n\(head.source)<body>\n"
    }

    /// What stands after the content.
    public let end = "</body>\n</html>\n"

    /// The page with this content.
    public func text(@MarkupBuilder content: () -> Markup) -> String {
        beginning + content().source + end
    }

    private static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
}
