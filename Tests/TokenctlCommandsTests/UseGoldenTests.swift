import Foundation
import Registry
import RegistryAPI
import Testing

@testable import TokenctlCommands

@Suite("What people read and scripts parse of use and statements")
struct UseGoldenTests {
    @Test("Seats, licences, switches, statements and licence tables")
    func use() async throws {
        let stage = Stage()
        let switches = try stage.file(
            "switches.csv",
            """
            user,to,tenant,org
            ann@contoso.com,on-premises,,contoso
            bob@contoso.com,cloud,contoso.onmicrosoft.com,contoso

            """
        )
        let badSwitches = try stage.file(
            "bad-switches.csv",
            """
            user,to,tenant,org
            ann@contoso.com,cloud,contoso.onmicrosoft.com,contoso
            nobody@contoso.com,on-premises,,contoso
            bob,cloud,,contoso

            """
        )
        let table = try stage.file(
            "table.csv",
            """
            id;name;product;quantity;skuPartNumber;tokenSeats;source;certainty
            gold-competency;Gold competency, 2027;office-suite;120;ENTERPRISEPACK;25;The year's licence table;likely

            """
        )
        let badTable = try stage.file(
            "bad-table.json",
            """
            {
              "$schema": "program-table.schema.json",
              "programs": [
                {"id": "gold-competency", "benefits": [
                  {"product": "office-suite", "quantity": "many",
                   "certanty": "likely", "tokenSeats": "25"}
                ]},
                {"id": "platinum", "name": 7, "benefits": {}}
              ]
            }

            """
        )
        let badSheet = try stage.file(
            "bad-sheet.csv",
            """
            id,name,kind,product,quantity,countrymaximum,tokenSaets
            gold-competency,Gold,,office-suite,many,10,25
            gold-competency,Silver,,intune,25,,
            platinum,,,,,,

            """
        )
        let brokenTable = try stage.file("broken.json", "{\"programs\": [\n  {\"id\": \"gold-competency\"\n")
        let oldTable = try stage.file("old.yaml", "programs:\n  - id: gold-competency\n")
        let wrongTable = try stage.file(
            "wrong-table.json",
            """
            {
              "programs": [
                {
                  "id": "action-pack",
                  "benefits": [
                    {"product": "Office Suite", "quantity": 5},
                    {"product": "intune", "quantity": 5,
                     "countryMaximum": 10, "worldwideMaximum": 5}
                  ]
                }
              ]
            }

            """
        )
        let script: [[String]] = [
            ["init", "-q"],
            ["org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE", "-q"],
            ["location", "add", "contoso", "Contoso Rome", "--id", "rome", "--country", "IT", "-q"],
            [
                "enrollment", "add", "contoso", "--program", "silver-competency", "--start", "2026-01-15", "--id", "E1",
                "--tokens", "mint",
                "-q",
            ],
            [
                "tenant", "signup", "contoso", "--domain", "contoso.onmicrosoft.com", "--admin", "admin@contoso.com",
                "--tenant-id", "48a80680-7326-48cd-9935-b556b81d3a4e", "-q",
            ],
            ["redeem", "--token", "T1", "--tenant", "contoso.onmicrosoft.com", "--yes", "-q"],
            ["seat", "assign", "Ann@Contoso.com", "--tenant", "contoso.onmicrosoft.com", "--sku", "ENTERPRISEPACK"],
            [
                "seat", "assign", "ann@contoso.com", "--tenant", "contoso.onmicrosoft.com", "--sku", "ENTERPRISEPACK",
            ],
            [
                "seat", "assign", "cyd@contoso.com", "--tenant", "contoso.onmicrosoft.com", "--sku", "ENTERPRISEPACK",
                "--purpose", "revenue",
            ],
            [
                "license", "assign", "bob@contoso.com", "--org", "contoso", "--product", "office-suite", "--location",
                "rome",
            ],
            [
                "license", "assign", "dan@contoso.com", "--org", "contoso", "--product", "exchange-cal", "--source",
                "Open 7123", "-o", "json",
            ],
            ["license", "assign", "dan@contoso.com", "--org", "contoso", "--product", "intune"],
            ["license", "list", "contoso"],
            ["user", "switch", "--file", switches],
            ["user", "switch", "--file", badSwitches],
            [
                "user", "switch", "ann@contoso.com", "--org", "contoso", "--to", "cloud", "--tenant",
                "contoso.onmicrosoft.com",
            ],
            ["user", "switch", "ann@contoso.com", "--org", "contoso"],
            ["user", "show", "ANN@contoso.com", "--org", "contoso"],
            ["user", "show", "bob@contoso.com", "--org", "contoso", "-o", "json"],
            ["user", "show", "nobody@contoso.com", "--org", "contoso"],
            ["statement", "contoso"],
            ["statement", "contoso", "-o", "json"],
            ["statement", "contoso", "--as-of", "2026-02-01", "--format", "csv"],
            ["statement", "contoso", "--format", "markdown"],
            ["statement", "contoso", "--explain", "office-suite"],
            ["statement", "contoso", "--as-of", "2027-01-01"],
            [
                "seat", "release", "ann@contoso.com", "--tenant", "contoso.onmicrosoft.com", "--sku", "ENTERPRISEPACK",
                "-o", "json",
            ],
            ["license", "release", "dan@contoso.com", "--org", "contoso", "--product", "exchange-cal", "-o", "csv"],
            ["license", "release", "dan@contoso.com", "--org", "contoso", "--product", "exchange-cal"],
            ["enrollment", "upgrade", "E1", "--on", "2026-06-01", "--silver-fee", "140000", "--gold-fee", "470000"],
            ["program", "export"], ["program", "export", "-o", "csv"], ["program", "export", "--schema"],
            ["program", "import", table, "--dry-run", "-o", "json"],
            ["program", "import", table],
            ["program", "import", table],
            ["program", "import", badTable],
            ["program", "import", badSheet], ["program", "import", brokenTable], ["program", "import", oldTable],
            ["program", "import", wrongTable],
        ]
        var text = ""
        for arguments in script {
            let outcome = await stage.run(arguments)
            let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0.replacing(stage.directory, with: "DIR") }
            text += "$ tokenctl \(words.joined(separator: " "))\n\(outcome.output)\(outcome.error)"
            text += outcome.exitCode == 0 ? "\n" : "exit code \(outcome.exitCode)\n\n"
        }
        try expectGolden(text, "use")
    }

    @Test(
        "What program export prints, program import takes without a change, as JSON and as CSV",
        arguments: OutputFormat.allCases
    )
    func roundTrip(format: OutputFormat) async throws {
        let stage = Stage()
        await stage.run(["init", "-q"])
        let exported = await stage.run(["program", "export", "-o", format.rawValue])
        #expect(exported.exitCode == 0)
        let file = try stage.file("table", exported.output)
        let imported = await stage.run(["program", "import", file, "-o", "csv"])
        #expect(imported.exitCode == 0, "\(imported.error)")
        #expect(imported.output.contains(",,action-pack additional-benefit-toolkit cloud-accelerate"))
    }

    @Test("A table is taken as a spreadsheet saves it: semicolons, a byte order mark, empty cells, rows in any order")
    func spreadsheet() async throws {
        let stage = Stage()
        await stage.run(["init", "-q"])
        let file = try stage.file(
            "table.csv",
            "\u{FEFF}ID; Name;Quantity;Product;kind;tokenSeats\r\nlearning-competency;;;;;\r\n"
                + "big; Big Pack ;5;office-suite;action-pack;\r\nsmall;;1;intune;action-pack;\r\n;;;;;\r\n"
                + "big;;7;\"intune\";;\r\n"
        )
        let imported = await stage.run(["program", "import", file, "-o", "csv"])
        #expect(imported.output.hasPrefix("added,updated,unchanged,"), "\(imported.error)")
        #expect(imported.output.contains("\nbig small,learning-competency,,"), "\(imported.output)")
        let exported = await stage.run(["program", "export", "-o", "csv"]).output
        #expect(
            exported.contains(
                "\nbig,Big Pack,action-pack,2014,,office-suite,5,,,,,,,,,,,certain\nbig,Big Pack,action-pack,2014,,intune,7,"
            )
        )
    }

    @Test("The schema names the kinds and certainties that there are, and every field of the table")
    func schema() throws {
        let program = try ProgramSchema.program["properties"]
        let benefit = program["benefits"]["items"]["properties"]
        #expect(program["kind"]["examples"].items.map(\.cellText) == Program.Kind.allCases.map(\.rawValue))
        let traits = program["traits"]["properties"]
        #expect(traits.members.map(\.name) == (try AnswerField.fields(of: ProgramTable.Traits.self).map(\.name)))
        let standings = traits["standing"]["enum"].items.map(\.cellText)
        #expect(standings == ProgramTraits.Standing.allCases.map(\.rawValue) + [""])
        #expect(benefit["certainty"]["enum"].items.map(\.cellText) == Benefit.Certainty.allCases.map(\.rawValue) + [""])
        #expect(program["id"]["not"]["const"].cellText == ProgramTable.reservedID)
        let fields = try AnswerField.fields(of: ProgramTable.Entry.self).map(\.name)
        #expect(program.members.map(\.name) == fields)
        #expect(benefit.members.map(\.name) == (try AnswerField.fields(of: ProgramTable.Benefit.self).map(\.name)))
    }
}
