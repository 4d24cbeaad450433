import HTML
import Registry
import RegistryAPI

/// What is shown to whoever has not signed in.
extension WebPage {
    static let signedOut = WebPage("Not signed in") {
        Markup("p") {
            "Run "
            Markup("code") { "tokenctl web" }
            " on this machine, and open the link that it prints: it signs you in as yourself, once. You then see here what "
            "you may see with "
            Markup("code") { "tokenctl" }
            "."
        }
    }

    static let linkUsed = WebPage("This link does not work") {
        Markup("p") {
            "A link signs in once, and within two minutes. Run "
            Markup("code") { "tokenctl web" }
            " for another."
        }
    }

    /// A form, since a link that signs in by itself would be used up by whatever looks at links.
    static func signIn(with word: String) -> WebPage {
        WebPage("Sign in") {
            Markup("p") { "Sign in as the user who ran tokenctl web. The link works once." }
            Markup("form", ["method": "post", "action": "/sign-in?link=\(PercentEncoding.segment(word))"]) {
                Markup("button", ["class": "main"]) { "Sign in" }
            }
        }
    }

    /// What went wrong.
    static func problem(_ problem: Problem) -> WebPage {
        WebPage(problem.title) {
            Markup("p") { problem.detail + (problem.rule.map { " (\($0))" } ?? "") }
            Markup("p", ["class": "note"]) {
                "Status \(problem.status), \(problem.code); request \(problem.requestID)"
            }
        }
    }
}
