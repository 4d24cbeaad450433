import Testing

@testable import Registry

@Suite("The catalogue of rules")
struct RuleCatalogueTests {
    @Test("Every rule has the text that bears its own number", arguments: Rule.allCases)
    func everyRuleHasItsText(rule: Rule) {
        let text = RuleCatalogue.text(for: rule)
        #expect(text.rule == rule)
        #expect(!text.title.isEmpty && text.title.count <= 80 && !text.title.hasSuffix("."))
        #expect(!text.text.contains("\n") && !text.text.contains("  "))
        #expect(Set(text.commands).count == text.commands.count)
    }

    @Test("A text has two to five sentences", arguments: Rule.allCases)
    func twoToFiveSentences(rule: Rule) {
        let text = RuleCatalogue.text(for: rule).text
        #expect(text.hasSuffix("."))
        #expect((2...5).contains(text.split(separator: ". ").count), "\(text)")
    }

    @Test("The catalogue lists all rules once, in the order of their numbers")
    func listsAllInOrder() {
        #expect(RuleCatalogue.all.map(\.rule) == Rule.allCases)
        #expect(RuleCatalogue.clues.map(\.rule) == Rule.allCases)
        #expect(Set(RuleCatalogue.all.map(\.title)).count == Rule.allCases.count)
        #expect(Set(RuleCatalogue.all.map(\.text)).count == Rule.allCases.count)
    }

    @Test(
        "R01 to R44 come from the FAQ, R45 to R51 from what came later, and from R52 on each names its document",
        arguments: Rule.allCases
    )
    func sources(rule: Rule) {
        let source = RuleCatalogue.text(for: rule).source
        if rule.rawValue >= "R52" {
            #expect(![.laterDocumentation, .licensingFAQ].contains(source))
        } else {
            #expect(source == (rule.rawValue >= "R45" ? .laterDocumentation : .licensingFAQ))
        }
    }

    @Test("The commands that a rule names are commands of tokenctl", arguments: Rule.allCases)
    func commandsExist(rule: Rule) {
        let nouns: [String: Set<String>] = [
            "org": ["add", "list", "show", "add-billing-account"], "location": ["add", "list"], "redeem": [],
            "statement": [],
            "program": ["list", "show", "diff", "import", "export"], "sku": ["list", "show", "import"],
            "enrollment": ["add", "list", "show", "end"],
            "token": ["import", "list", "show", "reveal", "reserve", "release", "replace"],
            "tenant": ["signup", "list", "show", "add-domain", "add-subscription", "set-billing-account"],
            "seat": ["list", "assign", "release"], "license": ["assign", "release", "list"],
            "user": ["show", "switch"], "key": ["import", "list", "show", "activate", "history", "reveal"],
            "product": ["list", "version", "installations"], "media": ["quote"],
            "renewal": ["due", "calendar", "plan", "apply", "lapse"],
            "access": ["grant", "revoke", "list"], "audit": ["log", "verify"],
        ]
        for command in RuleCatalogue.text(for: rule).commands {
            let words = command.split(separator: " ").map(String.init)
            #expect(words.first == "tokenctl")
            let verbs = words.count > 1 ? nouns[words[1]] : nil
            #expect(verbs != nil, "\(command)")
            #expect(words.count == 2 ? verbs == [] : verbs?.contains(words[2]) == true, "\(command)")
        }
    }
}
