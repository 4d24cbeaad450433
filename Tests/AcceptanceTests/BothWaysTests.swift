import Foundation
import Testing

/// What a command prints and ends with is the same whether `tokenctl` opens the registry or asks a daemon.
@Suite("With a daemon and without one", .enabled(if: RegistryAccess.ofThisRun == .direct, "It runs both ways itself."))
struct BothWaysTests {
    /// Commands on the registry itself, which a daemon has open, and those that tell which way is gone.
    private static let unlike: Set<String> = [
        "init", "restore", "audit accept-rollback", "audit accept-clock", "config list", "doctor", "version",
        "web",
    ]

    private static let tenant = "contoso.onmicrosoft.com"
    /// In the programme year of every enrollment, whenever the tests run.
    private static let start = day(-60)

    /// `DIR` stands for the sandbox's directory.
    private static let script: [String] = [
        "status",
        "org add Contoso --id contoso --country DE --time-zone Europe/Berlin -o json",
        "org add Contoso --id contoso --country DE -o json",
        "org add Fabrikam --id fabrikam --country XX",
        "org list",
        "org show contoso -o ndjson",
        "org show nobody",
        "location add contoso Lyon --id lyon --country FR",
        "location add contoso Rome --id rome --country IT --unassociated --dry-run -o json",
        "location list contoso -o csv",
        "program list",
        "program show gold-competency -o json",
        "program export",
        "program list --edition 2026",
        "program diff 2025 2026 --program core",
        "program diff 2025 1999",
        "rules --program core --edition 2026",
        "program import DIR/table.json",
        "program import DIR/bad-table.csv",
        "sku list -o csv",
        "sku show ENTERPRISEPACK",
        "sku import DIR/skus.csv -o json",
        "enrollment add contoso --program gold-competency --start START --id gold --tokens none -o json",
        "enrollment add contoso --program silver-competency --start LAST --id old --tokens none -o json",
        "enrollment add contoso --program cloud-accelerate --start 2031-01-01 --id ca",
        "enrollment list contoso",
        "enrollment show gold",
        "enrollment upgrade old --gold-fee 470000 -o json",
        "token import DIR/tokens.csv --enrollment gold",
        "token import DIR/tokens.csv --enrollment gold -o json",
        "token import DIR/bad.csv --enrollment gold",
        "token import DIR/nowhere.csv --enrollment gold -o json",
        "token list contoso",
        "token list contoso -o wide --sort -id",
        "token list contoso --fields id,skuId,seats -o json",
        "token list contoso --fields id,seat",
        "token list contoso --status nonsense",
        "token show T2 -o json",
        "token show T77 -o json",
        "token reveal T2",
        "token reveal T2 --raw",
        "tenant signup contoso --domain Contoso.onmicrosoft.com --admin a@contoso.com --tenant-id \(guid(1)) -o json",
        "tenant signup contoso --domain contoso.onmicrosoft.com --admin b@contoso.com --service azure",
        "tenant signup contoso --domain fabrikam.com --admin a@contoso.com --tenant-id \(guid(2))",
        "tenant add-domain contoso.onmicrosoft.com contoso.com",
        "tenant set-id contoso.com \(guid(1)) -o json",
        "tenant set-id contoso.com \(guid(3)) -o json",
        "tenant add-subscription fabrikam.com --sku LITEPACK --seats 5 --source Reseller",
        "tenant list contoso -o csv",
        "tenant show contoso.com",
        "token reserve T1 --tenant fabrikam.com -o json",
        "token reserve T1 --tenant contoso.com --for 8d",
        "token reserve T1 --tenant contoso.com --for 90m -q",
        "token list contoso --fields id,reservedBy,reservedFor",
        "redeem --token T1 --tenant fabrikam.com --yes -o json",
        "token release T1 -q",
        "token release T1 -o json",
        "token reserve T77 --tenant contoso.com -o json",
        "redeem --token T1 --tenant contoso.onmicrosoft.com",
        "redeem --token T1 --tenant contoso.onmicrosoft.com --dry-run",
        "redeem --token T1 --tenant contoso.onmicrosoft.com --yes -o json --idempotency-key one",
        "redeem --token T1 --tenant contoso.onmicrosoft.com --yes -o json --idempotency-key one",
        "redeem --token T2 --tenant contoso.onmicrosoft.com --yes -o json --idempotency-key one",
        "redeem --token T1 --tenant contoso.onmicrosoft.com --yes",
        "redeem --token T1 --tenant contoso.onmicrosoft.com --yes -o json",
        "redeem --token T2 --tenant fabrikam.com --yes -o json",
        "redeem --token T2 --tenant contosso.onmicrosoft.com --yes",
        "redeem XKB4C-T9V2M-QH7RD-6WJ3P --tenant contoso.com --yes",
        "redeem --token T2 --tenant contoso.com --intent extend --yes",
        "redeem --token T2 --tenant contoso.com --intent extend --override R37 --yes",
        "token replace T2 --code PQ9RT-WXY23-46789-BCDFG-HJKMN --yes -o json",
        "seat list contoso.onmicrosoft.com",
        "seat list contoso.onmicrosoft.com -o json",
        "seat list nowhere.example",
        "seat assign Anna@Contoso.com --tenant contoso.com --sku ENTERPRISEPACK",
        "seat assign anna@contoso.com --tenant contoso.com --sku ENTERPRISEPACK -o json",
        "seat assign bert@contoso.com --tenant contoso.com --sku ENTERPRISEPACK --location lyon -q",
        "seat release bert@contoso.com --tenant contoso.com --sku ENTERPRISEPACK",
        "license assign carl@contoso.com --org contoso --product office-suite -o json",
        "license assign carl@contoso.com --org contoso --product office-suite --purpose revenue",
        "license assign dora@contoso.com --org contoso --product exchange-cal --source Reseller",
        "license list contoso",
        "license release dora@contoso.com --org contoso --product exchange-cal",
        "user switch anna@contoso.com --org contoso --to on-premises",
        "user switch --file DIR/switches.csv --org contoso -o json",
        "user switch --file DIR/switches.csv --org contoso -o json",
        "user show anna@contoso.com --org contoso",
        "audit export --org nobody",
        "user list contoso --kind on-premises",
        "seat list contoso.com --users -o csv",
        "license assign --file DIR/holders.csv --org contoso -o json",
        "license assign --file DIR/holders.csv --org contoso -o json",
        "license release --file DIR/holders.ndjson --org contoso",
        "seat assign --file DIR/holders.csv --tenant contoso.com --sku ENTERPRISEPACK",
        "seat release --file DIR/holders.ndjson --tenant contoso.com --sku ENTERPRISEPACK --dry-run -o json",
        "seat assign --file DIR/nowhere.csv",
        "tenant add-subscription contoso.com --file DIR/purchases.csv -o json",
        "org import DIR/orgs.csv",
        "location import DIR/locations.csv -o json",
        "location import DIR/locations.csv",
        "enrollment import DIR/enrollments.csv --org contoso -o json",
        "key import DIR/keys.csv --enrollment gold",
        "key import DIR/kms-keys.csv --enrollment gold",
        "key list contoso",
        "key show K1 -o json",
        "key reveal K1",
        "key activate K2 --machine server1 -o json",
        "key activate K2 --machine server1 --hardware other",
        "key history K2 -o csv",
        "product version add windows-server 2016 --on 2016-10-01",
        "product list",
        "product installations contoso --all -o json",
        "media quote gold --fee 120.00",
        "reconcile contoso.com DIR/subscribed.json",
        "reconcile contoso.com DIR/subscribed.json -o json --ignore LITEPACK --ignore CRMIUR",
        "reconcile contoso.com DIR/users.csv --detailed-exitcode -o csv",
        "reconcile contoso.com DIR/tokens.csv",
        "reconcile contoso.com DIR/users.csv --apply --one-by-one -o json",
        "reconcile --org contoso DIR/users.csv DIR/tokens.csv --ignore LITEPACK",
        "reconcile contoso.com DIR/subscribed.json DIR/users.csv --adopt DIR/adopt",
        "reconcile --org contoso DIR/users.csv --adopt DIR/adopt -o json",
        "reconcile nowhere.example DIR/users.csv -o json",
        "status contoso",
        "status -o json --within 400d --ignore LITEPACK",
        "status nobody",
        "correct organization contoso --name Contoso-AG --reason misspelt -o json",
        "correct organization contoso --name Contoso-AG --reason misspelt",
        "correct location lyon --org contoso --closed 2026-03-01 --reason gone",
        "correct enrollment gold --start 2030-01-01 --reason late",
        "correct token T1 --void --reason no",
        "correct redemption T1 --tenant fabrikam.com --reason portal",
        "correct subscription B999 --seats 3 --reason typo",
        "correct tenant contoso.com --left 2026-01-01 --reason gone -o json",
        "correct user nobody@contoso.com --org contoso --user-principal-name some@contoso.com --reason typo",
        "correct key K9 --activations 3 --reason support",
        "correct product-version office 1 --came-on 2020-01-01 --reason typo -o json",
        "correct sku LITEPACK --family enterprise --reason checked -o json",
        "user rename carl@contoso.com karl@contoso.com --org contoso -o json",
        "user release nobody@contoso.com --org contoso",
        "correct list contoso -o csv --fields subject,field,was,becomes,reason",
        "notify contoso --state DIR/told.json --textfile DIR/notices.prom --within 400d",
        "notify --state DIR/told.json --within 400d --format json --detailed-exitcode",
        "statement contoso",
        "statement contoso -o json",
        "statement contoso --known-on 3 -o json",
        "statement contoso --explain office-suite",
        "statement contoso --format markdown",
        "statement contoso --timeline -o json",
        "org list --excel",
        "completion fish",
        "manual DIR",
        "help dates",
        "statement contoso --explain office-suite --format html",
        "renewal successors gold",
        "renewal successors nobody -o json",
        "org add-billing-account contoso own",
        "tenant set-billing-account contoso.com own -o json",
        "benefit list contoso -o csv",
        "redeem --benefit office-suite --tenant contoso.com --yes",
        "renewal due --within 400d",
        "renewal due --within 400d --detailed-exitcode -o json",
        "renewal calendar contoso --format ical",
        "renewal plan old",
        "renewal plan old --out DIR/plan.json",
        "renewal show DIR/plan.json --format html",
        "renewal apply DIR/plan.json --redeem -o json",
        "renewal apply DIR/plan.json --redeem --yes -o json",
        "renewal apply DIR/plan.json --redeem -o json",
        "renewal apply --all-due --yes",
        "renewal lapse gold --on 2031-01-01 --yes",
        "enrollment end gold --on TODAY --yes -o json",
        "access grant user:alice --org contoso --permission keys --until 2099-12-31",
        "access list contoso -o json",
        "access revoke user:alice --org contoso --permission keys",
        "access revoke user:alice --org contoso --permission keys",
        "rules R31",
        "ask can we move seats --org contoso",
        "audit log -o csv",
        "audit log --subject T1 --exposure",
        "audit verify",
        "check -o json",
        "setup systemd --unit tokend.service",
        "user erase carl@contoso.com --org contoso",
        "user erase carl@contoso.com --org contoso --yes -o json",
        "user erase carl@contoso.com --org contoso --yes -o json",
        "backup DIR/backup.db",
        "backup DIR/backup.db",
        "backup --keep 0 DIR",
        "backup --keep 2 DIR/none",
        "registry rotate-key --prepare",
        "registry rotate-key -o json",
        "registry export-key DIR/key.copy --passphrase-file DIR/short",
        "registry export-key DIR/key.copy --passphrase-file DIR/passphrase -o json",
        "registry export-key DIR/key.copy --passphrase-file DIR/passphrase",
        "registry import-key DIR/key.copy --passphrase-file DIR/short",
        "registry import-key DIR/key.copy --passphrase-file DIR/passphrase -o json",
        "registry import-key DIR/table.json --passphrase-file DIR/passphrase",
        "registry copy --to DIR/moved",
        "registry copy --to DIR/moved --dry-run -o json",
        "registry copy --to DIR/registry --yes",
        "registry copy --to DIR/moved --to-key DIR/key --yes",
        "registry copy --to DIR/moved --yes -o json",
        "registry copy --to DIR/moved --yes",
        "registry copy --to DIR/elsewhere --yes -o json",
        "org add Late --id late --country DE",
        "org add Late --id late --country DE -o json",
        "check",
        "config set org contoso",
        "config get org -o json",
        "location list --sort country",
        "redeem --token T2 --yes",
        "config unset org",
        "config path",
        "location list",
        "renewal",
        "redeem",
        "nonsense",
    ]

    @Test("Every command gives the same, byte for byte")
    func everyCommand() async throws {
        let direct = try Sandbox(.direct)
        let throughDaemon = try Sandbox(.daemon)
        for sandbox in [direct, throughDaemon] { try prepare(sandbox) }
        // A daemon makes its registry when it starts.
        _ = try await direct.tokenctl("init")
        for line in Self.script {
            let one = try await run(line, direct)
            let other = try await run(line, throughDaemon)
            #expect(one.exitCode == other.exitCode, "tokenctl \(line)")
            for (one, other) in [(one.output, other.output), (one.error, other.error)] where one != other {
                let lines = zip(one.split(separator: "\n"), other.split(separator: "\n")).first { $0 != $1 }
                Issue.record("tokenctl \(line): \(lines.map { "\($0.0) and \($0.1)" } ?? "one is longer")")
            }
        }
    }

    @Test("No command is missing")
    func coverage() async throws {
        let dump = try await Sandbox(.direct).tokenctl("--experimental-dump-help").json
        let tree = try #require(dump["command"] as? [String: Any])
        let commands = Self.leaves(of: tree, []).filter { !Self.unlike.contains($0) && $0 != "help" }
        #expect(commands.count > 60)
        let missing = commands.filter { command in
            !Self.script.contains { $0 == command || $0.hasPrefix(command + " ") }
        }
        #expect(missing == [])
    }

    private static func leaves(of command: [String: Any], _ path: [String]) -> [String] {
        let children = command["subcommands"] as? [[String: Any]] ?? []
        guard !children.isEmpty else { return [path.joined(separator: " ")] }
        return children.flatMap { leaves(of: $0, path + [$0["commandName"] as? String ?? ""]) }
    }

    private func run(_ line: String, _ sandbox: Sandbox) async throws -> Sandbox.Outcome {
        let words = line.split(separator: " ").map { word in
            word.replacing("DIR", with: sandbox.directory).replacing("START", with: Self.start)
                .replacing("LAST", with: Self.day(-370)).replacing("TODAY", with: Self.day(0))
        }
        let outcome = try await sandbox.tokenctl(words.map { String($0) })
        return Sandbox.Outcome(
            exitCode: outcome.exitCode,
            output: normal(outcome.output, sandbox),
            error: normal(outcome.error, sandbox)
        )
    }

    /// Without what differs between any two runs: ids that are drawn, instants, what is derived from them, and how many
    /// pages the database has taken so far.
    private func normal(_ text: String, _ sandbox: Sandbox) -> String {
        text.replacing(sandbox.directory, with: "DIR")
            .replacing(/[0-9a-f]{64}/, with: "HASH")
            // A pseudonym, and a sum of keyed digests.
            .replacing(/[0-9a-f]{32}/, with: "DIGEST")
            .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/, with: "INSTANT")
            .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{5} UTC/, with: "MINUTE")
            .replacing(/[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/, with: "UUID")
            .replacing(/[0-9]{8}T[0-9]{6}Z/, with: "INSTANT")
            .replacing(/"fingerprint" : "[0-9a-f]{8}"/, with: "FINGERPRINT")
            // Who made the registry: a command, or a daemon that started.
            .replacing(/BYTES +[0-9]+/, with: "BYTES")
            // A daemon's client sends an idempotency key with each write, whose answers are rows that are copied.
            .replacing(/ROWS +[0-9]+\nLAST SEAL/, with: "ROWS")
            .replacing(/"rows" : [0-9]+,\n +"(seal|tables)"/, with: "ROWS")
    }

    private func prepare(_ sandbox: Sandbox) throws {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures")
        for name in ["tokens.csv", "keys.csv", "kms-keys.csv"] {
            try FileManager.default.copyItem(
                atPath: fixtures.appending(path: name).path,
                toPath: "\(sandbox.directory)/\(name)"
            )
        }
        let files = [
            "bad.csv": "code,sku,seats\nXKB4C,ENTERPRISEPACK,25\nBCDFG-HJKMP-QRTVW-XY234-6789B,NOSUCH,0\n",
            "switches.csv": "user,to,tenant\nanna@contoso.com,cloud,contoso.com\ncarl@contoso.com,cloud,contoso.com\n",
            "subscribed.json": """
            {"value": [
            {"skuPartNumber": "ENTERPRISEPACK", "consumedUnits": 9, "prepaidUnits": {"enabled": 50, "warning": 0}},
            {"skuPartNumber": "LITEPACK", "consumedUnits": 9, "prepaidUnits": {"enabled": 5, "warning": 0}},
            {"skuPartNumber": "FLOW_FREE", "consumedUnits": 9, "prepaidUnits": {"enabled": 10000, "warning": 0}}]}
            """,
            "users.csv":
                "User principal name;Licenses\ndora@contoso.com;Office 365 E3\nmallory@contoso.com;Unlicensed\n",
            "holders.csv": "user,product\numa@contoso.com,office-suite\nvic@contoso.com,office-suite\n",
            "holders.ndjson": "{\"user\":\"uma@contoso.com\",\"product\":\"office-suite\"}\n",
            "purchases.csv": "sku,seats,source\nENTERPRISEPACK,3,Reseller\nENTERPRISEPACK,2,Shop\n",
            "orgs.csv": "id,name,country\nnorthwind,Northwind,US\ncontoso,Contoso,DE\n",
            "locations.csv": "id,org,name,country\noslo,contoso,Oslo,NO\nbern,northwind,Bern,CH\n",
            "enrollments.csv": "program,start,id\naction-pack,\(Self.start),ap\nno-program,\(Self.start),x\n",
            "table.json": "{\"programs\": [\n  {\"id\": [\n",
            "passphrase": "a ship in the bottle\n",
            "short": "eleven char\n",
            "bad-table.csv": "id,kind,product\ngold-competency,gold,\n",
            "skus.csv": """
            Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names
            New Thing,NEW_THING,\(Self.guid(7)),PLAN,\(Self.guid(8)),Plan

            """,
        ]
        for (name, text) in files {
            try text.write(toFile: "\(sandbox.directory)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    private static func guid(_ number: Int) -> String { "48a80680-7326-48cd-9935-b556b81d3a4\(number)" }

    private static func day(_ offset: Int) -> String {
        Date(timeIntervalSinceNow: Double(offset) * 86_400).formatted(.iso8601.year().month().day())
    }
}
