import HTML
import Registry
import RegistryAPI
import RegistryReports

/// All rules.
enum RulesPage {
    static func page(_ context: WebContext) -> WebPage {
        WebPage("Rules", in: .rules) {
            ReportTable<RuleText>(
                caption: "Rules",
                showsCaption: false,
                columns: [
                    .link("Rule", .text) { context.link(toRule: $0.rule) }, .wide("What it says") { $0.title },
                    .text("The registry") { $0.standing.words },
                ]
            ).markup(RuleCatalogue.all)
        }
    }
}

/// One rule, and what an organisation's records say to it.
enum RulePage {
    static func page(_ context: WebContext) throws -> WebPage {
        let rule = try WireDecoder.decoding(["rule": WireValue.parameter(context["rule"] ?? "")]) {
            try Field(from: $0).rule
        }
        let text = RuleCatalogue.text(for: rule)
        return try WebPage("\(text.title) (\(rule))", in: .rules) {
            Markup("p") { text.text }
            Report.facts([
                ("The registry", Markup(text: text.standing.words)), ("Source", Markup(text: text.source.rawValue)),
                ("Commands", text.commands.isEmpty ? nil : Markup.joined(text.commands.map(Report.code), by: ", ")),
            ])
            if context["organization"] != nil { try records(to: rule, context, heading: "h2") }
            try WebForm(label: "From the records of an organisation", button: "Show") {
                try WebForm.organization(context)
            }.markup
        }
    }

    /// What the records of the organisation that was asked for say to `rule`.
    static func records(to rule: Rule, _ context: WebContext, heading: StaticString) throws -> Markup {
        let state = try context.ask(ShowRuleState.self, ["organization"], with: ["rule": rule.rawValue]).state
        return Markup {
            Markup(heading) { "From the records" }
            if state.isEmpty { Markup("p") { "They say nothing to this rule, or nothing that you may see." } }
            Report.list(state.map { Markup(text: $0) })
        }
    }

    private struct Field: Decodable {
        let rule: Rule
    }
}

/// A question, and the rules that answer it.
enum AskPage {
    static func page(_ context: WebContext) throws -> WebPage {
        let question = String((context["q"] ?? "").prefix(500))
        let found = question.isEmpty ? [] : RuleSearch.best(question, limit: 3)
        return try WebPage("Ask", in: .ask) {
            try WebForm(label: "A question", button: "Ask") {
                WebForm.text("q", "In your own words", ActivationCode.masking(question), isWide: true)
                try WebForm.organization(context)
            }.markup
            if question.isEmpty {
                Markup("p", ["class": "note"]) { "For example: can I move seats to another tenant" }
            } else if found.isEmpty {
                Markup("p") { "No rule matches these words; try others." }
            }
            for rule in found { try answer(rule, context) }
        }
    }

    private static func answer(_ rule: Rule, _ context: WebContext) throws -> Markup {
        let text = RuleCatalogue.text(for: rule)
        return try Markup("section") {
            Markup("h2") {
                "\(text.title) ("
                context.link(toRule: rule)
                ")"
            }
            Markup("p") { text.text }
            if context["organization"] != nil { try RulePage.records(to: rule, context, heading: "h3") }
        }
    }
}

extension RuleText.Standing {
    fileprivate var words: String {
        switch self {
        case .enforced: "enforces it"
        case .advised: "tells of it"
        }
    }
}
