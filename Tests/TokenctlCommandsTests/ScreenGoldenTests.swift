import Testing

@testable import TokenctlCommands

/// What commands look like on a screen of 80 columns and of 200, with colours and without, and in a pipe.
@Suite("Golden screens")
struct ScreenGoldenTests {
    private static let tenant = "contoso.onmicrosoft.com"

    private static let commands = [
        "org list", "location list contoso", "enrollment list contoso", "token list contoso", "token show T1",
        "tenant list contoso", "seat list \(tenant)", "user list contoso", "license list contoso", "statement contoso",
        "renewal due", "renewal plan sc", "audit log --org contoso", "access list contoso",
    ]

    private func stage() async -> Stage {
        let stage = Stage()
        let script = [
            "init", "org add NAME --id contoso --country DE", "location add contoso WIDE --id tokyo --country JP",
            "enrollment add contoso --program silver-competency --start 2026-01-15 --id sc --tokens mint",
            "tenant signup contoso --domain \(Self.tenant) --admin admin@contoso.com --on 2026-01-20",
            "redeem --token T1 --tenant \(Self.tenant) --on 2026-02-03 --yes",
            "seat assign ann@contoso.com --tenant \(Self.tenant) --sku ENTERPRISEPACK",
            "license assign bob@contoso.com --org contoso --product office-suite --location tokyo",
        ]
        for line in script {
            let words = line.split(separator: " ").map { word in
                switch word {
                case "NAME": "Contoso & Söhne, a company with a name that no table of eighty columns has room for"
                case "WIDE": "東京オフィス"
                default: String(word)
                }
            }
            let outcome = await stage.run(words + ["-q"])
            #expect(outcome.exitCode == 0, "\(line): \(outcome.error)")
        }
        return stage
    }

    @Test(
        "At 80 and 200 columns, with colours and without, and in a pipe",
        arguments: [
            ("screen-80", StageTerminal.Screen(width: 80)), ("screen-200", StageTerminal.Screen(width: 200)),
            ("screen-80-color", StageTerminal.Screen(width: 80, usesColor: true)), ("screen-pipe", nil),
        ] as [(String, StageTerminal.Screen?)]
    )
    func screens(name: String, screen: StageTerminal.Screen?) async throws {
        let stage = await stage()
        var transcript = ""
        for command in Self.commands {
            let outcome = await stage.run(command.split(separator: " ").map(String.init), screen: screen)
            #expect(outcome.exitCode == 0, "\(command): \(outcome.error)")
            transcript += "$ tokenctl \(command)\n\(outcome.output)\(outcome.error)\n"
            guard let screen else { continue }
            for line in outcome.output.split(separator: "\n") {
                let plain = line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
                #expect(plain.displayWidth <= screen.width, "\(command): \(plain)")
            }
        }
        if screen?.usesColor != true { #expect(!transcript.contains("\u{1B}")) }
        try expectGolden(transcript.replacing("\u{1B}", with: "^["), name)
    }

    @Test(
        "What is cut on a narrow screen is no date, no number, no identifier, and no code's last group",
        arguments: [20, 40, 60, 80]
    )
    func whole(width: Int) async throws {
        let stage = await stage()
        let full = await stage.run(["token", "list", "contoso", "-o", "csv"]).output
        let narrow = await stage.run(["token", "list", "contoso"], screen: .init(width: width)).output
        for line in narrow.split(separator: "\n").dropFirst() {
            for word in line.split(separator: " ") where word.contains("…") {
                // Of a code the last group, of a name its beginning.
                #expect(
                    word.hasPrefix("…") ? full.contains(word.dropFirst() + ",") : full.contains(word.dropLast()),
                    "\(word)"
                )
                #expect(word.wholeMatch(of: /[0-9-]+…/) == nil, "\(word)")
            }
        }
    }
}

@Suite("How wide a text is on a screen")
struct DisplayWidthTests {
    @Test(
        "Wide characters take two columns, and what combines none",
        arguments: [
            ("", 0), ("abc", 3), ("Söhne", 5), ("So\u{308}hne", 5), ("東京", 4), ("ｱ", 1), ("Ａ", 2), ("한국", 4), ("😀", 2),
            ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("שלום", 4), ("…", 1), ("█▒·", 3), ("❤️", 2),
        ]
    )
    func width(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test("A cut never takes more columns than it may", arguments: 0...9)
    func cut(width: Int) {
        for text in ["abcdefgh", "東京オフィス", "a東b京c"] {
            let cut = text.cut(toWidth: width)
            #expect(cut.displayWidth <= width)
            #expect(cut == text || cut.hasSuffix("…") || width == 0)
        }
        #expect("東京".cut(toWidth: 4) == "東京")
        #expect("東京".cut(toWidth: 3) == "東…")
        #expect("東京".cut(toWidth: 2) == "…")
    }

    @Test(
        "A bar is as long as its maximum, and says when there is more",
        arguments: [
            (0, 0, 100, "··········"), (50, 50, 100, "█████▒▒▒▒▒"), (1, 0, 1_000, "█·········"),
            (100, 0, 100, "██████████"),
            (150, 0, 100, "██████████!"), (0, 5, 100, "▒·········"), (0, 0, 0, "··········"),
        ]
    )
    func bar(used: Int, available: Int, maximum: Int, bar: String) {
        #expect(TextBar.text(used: used, available: available, maximum: maximum, width: 10) == bar)
    }
}
