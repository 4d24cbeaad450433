import Foundation
import Testing

@testable import Registry
@testable import RegistrySQLite

@Suite("Backups of which the newest are kept", .onSQLite)
struct BackupSeriesTests {
    @Test("Of three days' backups two stay, and files with other names are nobody's")
    func kept() async throws {
        try await withTestRegistry { registry in
            let directory = "\(registry.directory.path)/backups"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
            let others = ["registry.db", "registry-2026.db", "registry-20260302T093000Z.db.txt", "notes"]
            for name in others { _ = FileManager.default.createFile(atPath: "\(directory)/\(name)", contents: nil) }
            let series = try BackupSeries(in: "\(directory)/", keeping: 2)
            var removed: [[String]] = []
            for day in ["2026-03-02", "2026-03-03", "2026-03-04"] {
                let now = try #require(Instant("\(day)T09:30:00Z"))
                _ = try registry.sqlite.backup(to: series.path(at: now))
                removed.append(try series.prune())
            }
            #expect(removed == [[], [], ["\(directory)/registry-20260302T093000Z.db"]])
            let left = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(Set(left) == Set(others + ["registry-20260303T093000Z.db", "registry-20260304T093000Z.db"]))
        }
    }

    @Test("Without its directory, or with a file in its place, there is no series")
    func noDirectory() async throws {
        try await withTestRegistry { registry in
            for path in ["\(registry.directory.path)/missing", registry.directory.databasePath] {
                let refused = try await refusal { _ = try BackupSeries(in: path, keeping: 2) }
                #expect(refused?.code == .fileUnwritable)
            }
        }
    }
}
