import Foundation
import Testing

/// SQLite before 3.51.3 can corrupt a database when one process commits while another begins a checkpoint.
@Suite(
    "Many processes that write and checkpoint at once",
    .enabled(if: RegistryAccess.ofThisRun == .direct, "A daemon is the only writer.")
)
struct ManyWritersTests {
    private static let writers = 3
    private static let imports = 4
    private static let rows = 700

    @Test("Imports and readers at once: all of it is there, the database is sound, and every checkpoint has its lock")
    func atOnce() async throws {
        let sandbox = try Sandbox()
        try await prepare(sandbox)
        let (writes, reads) = try await withThrowingTaskGroup(of: (isReader: Bool, [Trace]).self) { group in
            for writer in 0..<Self.writers {
                group.addTask {
                    var traces: [Trace] = []
                    for number in 0..<Self.imports {
                        let file = "\(sandbox.directory)/\(writer)-\(number).csv"
                        let words = ["token", "import", file, "--enrollment", "E1", "--override", "R12"]
                        traces.append(try await run(words, in: sandbox, as: "w\(writer)-\(number)"))
                    }
                    return (false, traces)
                }
            }
            group.addTask {
                var traces: [Trace] = []
                for number in 0..<Self.imports {
                    for words in [["token", "list", "contoso"], ["audit", "verify"], ["statement", "contoso"]] {
                        traces.append(try await run(words, in: sandbox, as: "r\(number)-\(words[0])"))
                    }
                }
                return (true, traces)
            }
            var (writes, reads): ([Trace], [Trace]) = ([], [])
            for try await (isReader, traces) in group {
                if isReader { reads += traces } else { writes += traces }
            }
            return (writes, reads)
        }
        // A command that reads only makes one as the database's last user.
        for trace in reads { #expect(trace.locks == 0 && trace.unlockedWrites == 0, "\(trace)") }
        for trace in writes { #expect(trace.locks > 0 && trace.unlockedWrites == 0, "\(trace)") }
        let check = try await sandbox.json("check")
        #expect(check.json["codes"] as? Int == Self.writers * Self.imports * Self.rows + 1)
        let checkpoints = writes.count { $0.lockedWrites > 0 }
        print(
            "\(writes.count) imports and \(reads.count) readers: \(checkpoints) checkpoints with the writer's lock, "
                + "\((writes + reads).count { $0.closingWrites > 0 }) as the last user"
        )
        #expect((writes + reads).contains { $0.lockedWrites + $0.closingWrites > 0 })
    }

    /// What a process did to the database file, as `strace` saw it.
    private struct Trace {
        let name: String
        /// How often it took the writer's lock.
        var locks = 0
        var lockedWrites = 0
        /// Under the lock that SQLite takes to close the database as its last user.
        var closingWrites = 0
        var unlockedWrites = 0

        init(_ name: String, _ lines: [Substring]) {
            self.name = name
            var (isLocked, isAlone) = (false, false)
            for line in lines {
                if line.contains("registry.lock>"), line.contains("flock("), !line.contains("= -1") {
                    (isLocked, locks) = (true, locks + 1)
                } else if line.contains("close("), line.contains("registry.lock>") {
                    isLocked = false
                } else if line.contains("registry.db>"), line.contains(Self.exclusiveLock), !line.contains("= -1") {
                    isAlone = true
                } else if line.contains("registry.db>"), line.contains("pwrite64(") || line.contains("ftruncate(") {
                    if isLocked {
                        lockedWrites += 1
                    } else if isAlone {
                        closingWrites += 1
                    } else {
                        unlockedWrites += 1
                    }
                }
            }
        }

        /// Of all that readers hold, as long as they have the database open.
        private static let exclusiveLock = "l_type=F_WRLCK, l_whence=SEEK_SET, l_start=1073741826, l_len=510"
    }

    private func run(_ words: [String], in sandbox: Sandbox, as name: String) async throws -> Trace {
        let log = "\(sandbox.directory)/\(name).strace"
        let traced = ["-f", "-y", "-qq", "-e", "trace=pwrite64,ftruncate,flock,fcntl,close", "-o", log]
        let outcome = try await Sandbox.run(
            "/usr/bin/strace",
            traced + [Sandbox.product("tokenctl")] + words + ["-o", "json", "-q"],
            input: "",
            environment: sandbox.environment
        )
        #expect(outcome.exitCode == 0, "\(words): \(outcome.error)")
        return Trace(name, try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n"))
    }

    private func prepare(_ sandbox: Sandbox) async throws {
        _ = try await sandbox.makeContoso()
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789")
        for writer in 0..<Self.writers {
            for number in 0..<Self.imports {
                let rows = (0..<Self.rows).map { row in
                    var (rest, last) = ((writer * Self.imports + number) * Self.rows + row, "")
                    for _ in 0..<5 {
                        last.append(alphabet[rest % 24])
                        rest /= 24
                    }
                    return "BBBBB-CCCCC-DDDDD-FFFFF-\(last),ENTERPRISEPACK,25\n"
                }
                try ("code,sku,seats\n" + rows.joined()).write(
                    toFile: "\(sandbox.directory)/\(writer)-\(number).csv",
                    atomically: true,
                    encoding: .utf8
                )
            }
        }
    }
}
