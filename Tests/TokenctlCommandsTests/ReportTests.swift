import Foundation
import FoundationXML
import Testing

@testable import TokenctlCommands

/// The pages that people look at, print and sign. To look at one, open its file in `Golden` with a browser.
@Suite("Reports as HTML")
struct ReportTests {
    private static let tenant = "contoso.onmicrosoft.com"

    /// An organisation with seats, a purchase, users without a licence, a location apart, and names that try to be markup.
    private func stage() async throws -> Stage {
        let stage = Stage()
        let script = [
            "init", "org add NAME --id contoso --country DE", "location add contoso NAME --id lyon --country FR",
            "location add contoso Oslo --id oslo --country NO --unassociated",
            "enrollment add contoso --program silver-competency --start 2026-01-15 --id sc --tokens mint",
            "enrollment add contoso --program action-pack --location lyon --start 2026-02-01 --id ap --tokens mint",
            "enrollment add contoso --program silver-competency --location oslo --start 2026-02-10 --id os --tokens mint",
            "tenant signup contoso --domain \(Self.tenant) --admin admin@contoso.com --on 2026-01-20",
            "redeem --token T1 --tenant \(Self.tenant) --on 2026-02-03 --yes",
            "redeem --token T2 --tenant \(Self.tenant) --yes",
            "tenant add-subscription \(Self.tenant) --sku ENTERPRISEPACK --seats 7 --source NAME --ends 2026-12-31",
            "seat assign ann@contoso.com --tenant \(Self.tenant) --sku ENTERPRISEPACK",
            "license assign bob@contoso.com --org contoso --product office-suite --location lyon",
        ]
        for line in script {
            let words = line.split(separator: " ").map { $0 == "NAME" ? Self.name : String($0) }
            let outcome = await stage.run(words + ["-q"])
            #expect(outcome.exitCode == 0, "\(line): \(outcome.error)")
        }
        return stage
    }

    private static let name = "<b>Contoso & \"Söhne\"</b> שלום"

    @Test("The statement of an organisation, and of one that has nothing")
    func statement() async throws {
        let stage = try await stage()
        await stage.run(["org", "add", "Empty", "--id", "empty", "--country", "DE", "-q"])
        let page = await stage.run(["statement", "contoso", "--format", "html"]).output
        try check(page)
        #expect(page.contains("&lt;b&gt;Contoso &amp; &quot;Söhne&quot;&lt;/b&gt;"))
        try expectGolden(page, "statement", fileType: "html")
        let empty = await stage.run(["statement", "empty", "--format", "html"]).output
        try check(empty)
        try expectGolden(empty, "statement-empty", fileType: "html")
        try check(await stage.run(["statement", "contoso", "--explain", "office-suite", "--format", "html"]).output)
    }

    @Test("A renewal plan names the digest of its file; an edited one another")
    func plan() async throws {
        let stage = try await stage()
        stage.clock.move(to: "2027-01-20")
        let file = "\(stage.directory)/plan.json"
        await stage.run(["renewal", "plan", "sc", "--out", file])
        let planned = await stage.run(["renewal", "plan", "sc", "--format", "html"]).output
        let shown = await stage.run(["renewal", "show", file, "--format", "html"]).output
        try check(planned)
        #expect(planned == shown)
        try expectGolden(planned, "renewal-plan", fileType: "html")

        let edited = try String(contentsOfFile: file, encoding: .utf8) + "\n"
        let page = await stage.run(["renewal", "show", try stage.file("edited.json", edited), "--format", "html"])
            .output
        #expect(page != planned)

        let page2 = "\(stage.directory)/all.html"
        await stage.run(["renewal", "plan", "--all-due", "--out", page2, "--format", "html"])
        let all = await stage.run(["renewal", "plan", "--all-due", "--format", "html"]).output
        #expect(try String(contentsOfFile: page2, encoding: .utf8).replacing(stage.directory, with: "DIR") == all)
        try check(all)
        let refused = await stage.run(["renewal", "plan", "sc", "--out", file, "--format", "csv"])
        #expect(refused.exitCode == 64)
    }

    /// Every tag is closed, every attribute quoted, no id stands twice, and nothing is run or fetched.
    private func check(_ page: String) throws {
        #expect(page.hasPrefix("<!DOCTYPE html>\n"))
        let parser = XMLParser(data: Data(page.utf8))
        let reader = PageReader()
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
        #expect(Set(reader.ids).count == reader.ids.count)
        #expect(reader.elements.isDisjoint(with: ["script", "link", "img", "iframe", "object", "a", "form", "base"]))
        #expect(!reader.attributes.contains { $0.hasPrefix("on") || ["href", "src", "style"].contains($0) })
        #expect(reader.references.allSatisfy(reader.ids.contains))
    }
}

private final class PageReader: NSObject, XMLParserDelegate {
    var ids: [String] = []
    var elements: Set<String> = []
    var attributes: Set<String> = []
    /// The ids that attributes name.
    var references: [String] = []

    func parser(
        _ parser: XMLParser,
        didStartElement element: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes attributeDict: [String: String]
    ) {
        elements.insert(element)
        attributes.formUnion(attributeDict.keys)
        if let id = attributeDict["id"] { ids.append(id) }
        references += attributeDict["aria-labelledby"]?.split(separator: " ").map(String.init) ?? []
        if let fill = attributeDict["fill"], fill.hasPrefix("url(#") {
            references.append(String(fill.dropFirst(5).dropLast()))
        }
    }
}
