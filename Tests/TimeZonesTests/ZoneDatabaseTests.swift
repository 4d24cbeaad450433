import Foundation
import Testing

@testable import TimeZones

@Suite("The system's time zones")
struct ZoneDatabaseTests {
    @Test("Every zone has the C library's offset at random instants, and Foundation's names are known")
    func everyZone() throws {
        let root = "/usr/share/zoneinfo"
        var names = (FileManager.default.subpaths(atPath: root) ?? []).filter { name in
            !name.hasPrefix("posix/") && !name.hasPrefix("right/") && ZoneDatabase.system.zone(named: name) != nil
        }
        names = names.filter { $0 != "localtime" }.sorted()
        #expect(names.count > 300)
        let missing = TimeZone.knownTimeZoneIdentifiers.filter {
            $0.contains("/") && !names.contains($0)
        }
        #expect(missing.isEmpty)

        var random = SplitMix(state: 1970)
        let instants =
            (0..<150).map { _ in Int64.random(in: 0...2_145_916_800, using: &random) }
            + (0..<50).map { _ in Int64.random(in: -4_000_000_000...15_000_000_000, using: &random) }
        let directory = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let dates = directory.appending(path: "dates")
        try instants.map { "@\($0)\n" }.joined().write(to: dates, atomically: true, encoding: .utf8)

        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments =
            ["-c", #"file=$1; shift; for zone; do TZ=$zone date -f "$file" +%::z; done"#, "sh", dates.path] + names
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        shell.waitUntilExit()
        let offsets = text.split(separator: "\n").map { line in
            let parts = line.dropFirst().split(separator: ":").compactMap { Int($0) }
            return (parts[0] * 3_600 + parts[1] * 60 + parts[2]) * (line.hasPrefix("-") ? -1 : 1)
        }
        try #require(offsets.count == names.count * instants.count)
        for (index, name) in names.enumerated() {
            let zone = try #require(ZoneDatabase.system.zone(named: name))
            let differs = instants.indices.filter {
                zone.offset(at: instants[$0]) != offsets[index * instants.count + $0]
            }
            #expect(differs.isEmpty, "\(name) at \(differs.map { instants[$0] })")
        }
    }

    @Test(
        "A name cannot lead out of the database",
        arguments: [
            "", "/", "/etc/passwd", "../zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin", "Europe//Berlin",
            "Europe/Berlin/",
            "/usr/share/zoneinfo/Europe/Berlin", "./Europe/Berlin", "Europe/Berlin\0", "Europe", "zone.tab",
            "right/Europe/Berlin", "posix/Europe/Berlin", "Mars/Olympus_Mons",
            String(repeating: "A/", count: 60) + "A",
        ]
    )
    func names(name: String) {
        #expect(ZoneDatabase.system.zone(named: name) == nil)
    }

    @Test("UTC needs no database, and only regular files of a zone's size are read, each once")
    func files() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let database = ZoneDatabase(directory: directory.path)
        #expect(database.zone(named: "UTC") == .utc)
        #expect(database.zone(named: "A/B") == nil)

        let sound = TZif(footer: "\nXXX-1\n").bytes
        try Data(sound).write(to: directory.appending(path: "Sound"))
        try Data(sound + [UInt8](repeating: 0, count: 65_536)).write(to: directory.appending(path: "Large"))
        try Data().write(to: directory.appending(path: "Empty"))
        #expect(mkfifo(directory.appending(path: "Pipe").path, 0o600) == 0)
        for name in ["Large", "Empty", "Pipe"] { #expect(database.zone(named: name) == nil, "\(name)") }
        #expect(database.zone(named: "Sound")?.offset(at: 0) == 3_600)
        try FileManager.default.removeItem(at: directory.appending(path: "Sound"))
        #expect(database.zone(named: "Sound")?.offset(at: 0) == 3_600)
    }
}
