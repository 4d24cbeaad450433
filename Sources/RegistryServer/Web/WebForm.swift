import HTML
import Registry
import RegistryAPI

/// A form that asks for the same page with other fields: it changes nothing, and works without a script.
struct WebForm {
    /// For those who hear the page.
    let label: String
    let button: String
    var hidden: KeyValuePairs<String, String> = [:]
    private let fields: Markup

    init(
        label: String,
        button: String,
        hidden: KeyValuePairs<String, String> = [:],
        @MarkupBuilder fields: () throws -> Markup
    ) rethrows {
        self.label = label
        self.button = button
        self.hidden = hidden
        self.fields = try fields()
    }

    var markup: Markup {
        Markup("form", ["method": "get", "class": "ask", "aria-label": label]) {
            Markup(hidden.map { name, value in Markup("input", ["type": "hidden", "name": name, "value": value]) })
            fields
            Markup("button") { button }
        }
    }

    static func text(_ name: String, _ label: String, _ value: String?, isWide: Bool = false) -> Markup {
        Markup("label", ["class": isWide ? "wide" : nil]) {
            Markup("span") { label }
            // What was typed into the wrong place is not shown again.
            Markup("input", ["name": name, "value": ActivationCode.masking(value ?? ""), "maxlength": "500"])
        }
    }

    /// A day as it is written everywhere, whatever the browser's language makes of one.
    static func day(_ name: String, _ label: String, _ value: String?) -> Markup {
        Markup("label") {
            Markup("span") { label }
            Markup(
                "input",
                [
                    "name": name, "value": ActivationCode.masking(value ?? ""), "placeholder": "YYYY-MM-DD",
                    "size": "11",
                    "maxlength": "30",
                ]
            )
        }
    }

    static func choice(_ name: String, _ label: String, _ values: [String], _ chosen: String?, none: String = "any")
        -> Markup
    {
        Markup("label") {
            Markup("span") { label }
            Markup("select", ["name": name]) {
                Markup("option", ["value": ""]) { none }
                for value in values {
                    Markup("option", ["value": value, "selected": value == chosen ? "" : nil]) { value }
                }
            }
        }
    }

    /// One of the organisations that the caller may see; a text where they are too many for a list.
    static func organization(_ context: WebContext) throws -> Markup {
        let page = try context.ask(ListOrganizations.self, with: ["limit": WebContext.pageSize])
        let chosen = context["organization"]
        guard page.next == nil else { return text("organization", "Organisation", chosen) }
        return choice("organization", "Organisation", page.items.map(\.id.value), chosen, none: "none")
    }
}
