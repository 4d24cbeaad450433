import Testing

@testable import TokenctlCommands

@Suite("How far something is")
struct ProgressTests {
    @Test(
        "How much is done, how fast, and how long it will take",
        arguments: [
            (.bytes, 12_000_000, 96_000_000, 1.5, "12 of 96 MB, 8.0 MB/s, 11 s left"),
            (.bytes, 1_250_000, nil, 2, "1.3 MB, 0.6 MB/s"), (.bytes, 0, 96_000_000, 1, "0.0 of 96 MB"),
            (.bytes, 96_000_000, 96_000_000, 4, "96 of 96 MB, 24 MB/s"),
            (.pages, 4_096, 40_960, 2, "4096 of 40960 pages, 2048 pages/s, 18 s left"),
            (.enrollments, 128, 4_000, 2, "128 of 4000 enrollments, 64 enrollments/s, 61 s left"),
            (.enrollments, 128, nil, 2, "128 enrollments, 64 enrollments/s"), (.bytes, 5, 10, 0, "0.0 of 0.0 MB"),
        ] as [(ProgressUnit, Int, Int?, Double, String)]
    )
    func line(unit: ProgressUnit, done: Int, total: Int?, seconds: Double, line: String) {
        #expect(unit.line(done: done, of: total, after: seconds) == line)
    }

    @Test(
        "A time is short, and never nothing",
        arguments: [
            (0, "1 s"), (0.2, "1 s"), (99, "99 s"), (99.5, "2 min"), (121, "3 min"), (5_940, "99 min"),
            (5_941, "1 h 40 min"),
            (7_200, "2 h"), (.infinity, "277777 h 47 min"),
        ] as [(Double, String)]
    )
    func duration(seconds: Double, text: String) {
        #expect(ProgressUnit.duration(seconds) == text)
    }

    @Test("Somebody who looks is told how far a file is read; a script is not, and neither is who said -q")
    func reading() async throws {
        let rows = (0..<200_000).map { "contoso,Office \($0),DE,loc-\($0)" }.joined(separator: "\n")
        for (answers, options, isTold) in [([], [], true), (nil, [], false), ([], ["-q"], false)]
            as [([String]?, [String], Bool)]
        {
            let stage = Stage()
            await stage.run(["init"])
            await stage.run(["org", "add", "Contoso", "--id", "contoso", "--country", "DE"])
            let file = try stage.file("locations.csv", "organization,name,country,id\n\(rows)\n")
            // The stage's clock goes on by a second each time that it is asked.
            let outcome = await stage.run(["location", "import", file, "--dry-run"] + options, answers: answers)
            #expect(outcome.error.contains("locations.csv: ") == isTold, "\(outcome.error.suffix(300))")
            #expect(outcome.error.contains(" MB/s") == isTold)
            if isTold { #expect(outcome.error.contains(" left")) }
        }
    }

    @Test("A backup of more than a second tells how far it is, and is the whole database")
    func backup() async throws {
        let stage = Stage()
        await stage.run(["init"])
        let outcome = await stage.run(["backup", "\(stage.directory)/copy.db"], answers: [])
        #expect(outcome.exitCode == 0, "\(outcome.error)")
        #expect(outcome.error.contains("pages"))
        let silent = await stage.run(["backup", "\(stage.directory)/copy-2.db"])
        #expect(!silent.error.contains("pages"))
    }
}
