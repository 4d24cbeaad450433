import RegistryAPI
import RegistryClient
import Synchronization
import Testing

@testable import Registry

@Suite(
    "A daemon that ends under load",
    .enabled(if: RegistryAccess.ofThisRun == .direct, "It starts daemons of its own.")
)
struct DaemonEndTests {
    enum End: String, CaseIterable, Sendable {
        case kill, stop

        var rounds: Int { self == .kill ? 100 : 20 }
    }

    @Test("Every answered write is there afterwards, once, and the registry is sound", arguments: End.allCases)
    func answeredWritesStay(end: End) async throws {
        let sandbox = try Sandbox(.direct)
        var answered: Set<String> = []
        for round in 1...end.rounds {
            let daemon = try DaemonProcess(registry: sandbox.registry, in: sandbox.directory)
            answered.formUnion(
                try await write(to: daemon, round: round, until: Int.random(in: 1...100)) {
                    switch end {
                    case .kill: daemon.kill()
                    case .stop: #expect(daemon.stop() == 0)
                    }
                }
            )
        }
        #expect(answered.count >= end.rounds)
        let kept = try await sandbox.json("org", "list").list.compactMap { $0["id"] as? String }
        #expect(Set(kept).count == kept.count)
        #expect(answered.isSubset(of: kept), "\(answered.subtracting(kept)) were answered and are lost")
        let added = try await sandbox.sqlite3("SELECT count(*) FROM audit WHERE action = 'organization.add'")
        #expect(added.output == "\(kept.count)\n")
        #expect(try await sandbox.json("check").json["sound"] as? Bool == true)
    }

    /// Eight clients write as fast as they can; when `count` writes were answered, `end` is called once.
    /// - Returns: the ids of what was answered.
    private func write(
        to daemon: DaemonProcess,
        round: Int,
        until count: Int,
        end: @escaping @Sendable () -> Void
    ) async throws -> Set<String> {
        let state = Answered()
        await withTaskGroup(of: Void.self) { group in
            for client in 0..<8 {
                group.addTask {
                    let connection = SocketConnection(path: daemon.socketPath)
                    var number = 0
                    while true {
                        number += 1
                        let id = "o-\(round)-\(client)-\(number)"
                        do {
                            _ = try await connection.call(
                                AddOrganization.self,
                                ["id": id, "name": id, "country": "DE"],
                                file: nil,
                                CommandOptions(requestID: id)
                            )
                        } catch {
                            break
                        }
                        let reached = state.ids.withLock { ids in
                            ids.insert(id)
                            return ids.count == count
                        }
                        if reached { end() }
                    }
                }
            }
        }
        return state.ids.withLock { $0 }
    }
}

private final class Answered: Sendable {
    let ids = Mutex<Set<String>>([])
}
