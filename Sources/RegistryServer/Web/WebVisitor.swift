import HTML
import NIOCore
import NIOHTTP1
import Registry
import RegistryReports

/// Who looks at a page, and what stands around it: where one can go, who is signed in, and what a browser must not do.
struct WebVisitor: Sendable {
    /// What every address begins with; it has no slash at its end.
    let base: String
    /// Nil for somebody who has not signed in.
    let caller: Caller?
    /// Whether there is a session to end.
    let canSignOut: Bool

    /// The page as the answer to a request.
    func answer(_ page: WebPage, status: Int = 200, requestID: String) -> Answer {
        var answer = Answer(
            ByteBuffer(string: html(of: page).escapedLines),
            type: "text/html; charset=utf-8",
            status: status,
            requestID: requestID
        )
        answer.head.headers.addPageHeaders()
        return answer
    }

    private func html(of page: WebPage) -> String {
        let document = Markup("html", ["lang": "en"]) {
            Markup("head") {
                Markup("meta", ["charset": "utf-8"])
                Markup("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                Markup("meta", ["name": "color-scheme", "content": "light dark"])
                Markup("title") { "\(page.title) – tokend" }
                Markup("link", ["rel": "icon", "href": "\(base)/icon.svg", "type": "image/svg+xml"])
                Markup("link", ["rel": "stylesheet", "href": "\(base)/page.css"])
                Markup("script", ["src": "\(base)/page.js", "defer": ""])
            }
            Markup("body") {
                Markup("a", ["class": "skip", "href": "#content"]) { "Skip to the content" }
                header(page)
                ReportBar.hatchings
                Markup("main", ["id": "content", "tabindex": "-1"]) {
                    if page.showsTitle { Markup("h1") { page.title } }
                    page.content
                }
                Markup("footer") { "This page only shows. What is to be changed is changed with tokenctl." }
            }
        }
        return "<!DOCTYPE html>\n" + document.source
    }

    private func header(_ page: WebPage) -> Markup {
        Markup("header") {
            if let caller {
                Markup("nav", ["aria-label": "Registry"]) {
                    Markup("ul") {
                        for section in WebPage.Section.allCases where section != .ledger || caller.ownsRegistry {
                            link(section.title, to: section.path, isCurrent: section == page.section)
                        }
                    }
                }
                Markup("div", ["class": "who"]) {
                    Markup("span") {
                        "You are "
                        Report.name(caller.principal)
                    }
                    if canSignOut {
                        Markup("form", ["method": "post", "action": "\(base)/sign-out"]) {
                            Markup("button") { "Sign out" }
                        }
                    }
                }
            } else {
                Markup("strong") { "tokend" }
            }
            if let organization = page.organization {
                Markup("nav", ["aria-label": "Organisation", "class": "organization"]) {
                    Markup("ul") {
                        Markup("li") {
                            Markup("strong") { Report.name(organization.name) }
                        }
                        for tab in organization.tabs {
                            link(
                                tab.title,
                                to: "organizations/\(organization.id.value)\(tab.path)",
                                isCurrent: tab == organization.current
                            )
                        }
                    }
                }
            }
        }
    }

    private func link(_ title: String, to path: String, isCurrent: Bool) -> Markup {
        Markup("li") {
            Markup("a", ["href": "\(base)/\(path)", "aria-current": isCurrent ? "page" : nil]) { title }
        }
    }
}

extension Answer {
    /// Sends the browser on after a form.
    static func redirect(to path: String, requestID: String) -> Answer {
        var answer = Answer(ByteBuffer(), type: "text/html; charset=utf-8", status: 303, requestID: requestID)
        answer.head.headers.add(name: "Location", value: path)
        answer.head.headers.addPageHeaders()
        return answer
    }
}

extension HTTPHeaders {
    /// What a browser is told about every answer: nothing from elsewhere, nothing to elsewhere, in nobody's frame.
    mutating func addPageHeaders() {
        add(
            name: "Content-Security-Policy",
            value: "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        add(name: "X-Content-Type-Options", value: "nosniff")
        add(name: "X-Frame-Options", value: "DENY")
        // Forms say where they come from only under a policy that lets them.
        add(name: "Referrer-Policy", value: "same-origin")
        add(name: "Cross-Origin-Resource-Policy", value: "same-origin")
        add(name: "Cross-Origin-Opener-Policy", value: "same-origin")
    }
}
