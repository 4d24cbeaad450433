#if PostgreSQL
import Foundation
import Testing

import RegistryPostgreSQL
import RegistrySQL

@Suite("Copies of a registry to a server and back", .serialized)
struct ServerCopyTests {
    @Test("A copy to a server is killed at random instants: the same command completes it, and every hash is the same")
    func killed() throws {
        let load = try RedemptionLoad(Self.newDirectory())
        var whole = Duration.seconds(1)
        var states: [String: Int] = [:]
        for _ in 0..<3 {
            try PostgreSQLServer.withRegistry { registry, address in
                let directory = "\(load.host.directory)/\(UUID().uuidString)"
                try FileManager.default.copyItem(atPath: load.host.registry, toPath: directory)
                let source = try TestHost(registry: directory)
                let copy = [
                    "registry", "copy", "--to", registry, "--to-key", "\(source.directory)/server.key", "--yes",
                ]
                for _ in 0..<2 {
                    try source.tokenctl(copy, killedAfter: whole * Double.random(in: 0..<1))
                    let isClosed = try source.tokenctl(Self.add).exitCode != 0
                    states[isClosed ? "closed" : "open", default: 0] += 1
                }
                let start = ContinuousClock.now
                let outcome = try source.tokenctl(copy)
                #expect(outcome.exitCode == 0, "\(outcome.output)")
                whole = min(whole, ContinuousClock.now - start)
                let closed = try source.tokenctl(Self.add)
                #expect(closed.json["code"] as? String == "registry.closed")
                let server = try TestHost(registry: registry)
                try FileManager.default.copyItem(atPath: "\(source.directory)/server.key", toPath: server.keyPath)
                for host in [source, server] {
                    #expect(try host.succeed("audit verify")["head"] as? String == outcome.json["head"] as? String)
                    #expect(try host.succeed("check")["codesOpened"] as? Int == load.tokens)
                }
                try server.succeed("redeem --token T1 --tenant \(RedemptionLoad.tenants[0]) --yes")
            }
        }
        print("six copies to a server killed, after which the registry was \(states)")
    }

    @Test("A daemon on a server goes on while its registry is copied away: then it says where it went, and reads")
    func daemon() throws {
        try PostgreSQLServer.withRegistry { registry, address in
            let load = try RedemptionLoad(registry)
            let daemon = try load.host.startDaemon("a")
            let target = "\(load.host.directory)/target"
            let clients = load.startClients(through: [daemon.socketPath])
            load.wait(for: load.tokens / 4)
            let outcome = try load.host.tokenctl(["registry", "copy", "--to", target, "--yes"])
            #expect(outcome.exitCode == 0, "\(outcome.output)")
            for client in clients { try client.answer() }
            #expect(daemon.stop() == 0)
            let truth = try RedemptionTruth(address)
            print("a registry copied from under a daemon: \(try truth.verify(load))")
            let closed = load.all.count { $0.told == .refused("registry.closed") }
            #expect(closed + truth.tenants.count == load.tokens)
            // All that was recorded went along, and no row of the ledger vouches for too little.
            let copy = try TestHost(registry: target)
            #expect(try copy.succeed("check")["codesOpened"] as? Int == load.tokens)
            #expect(try copy.succeed("audit verify")["head"] as? String == outcome.json["head"] as? String)
        }
    }

    private static let add = ["org", "add", "X", "--id", "x", "--country", "DE", "--dry-run"]

    private static func newDirectory() -> String { "/tmp/pr-\(UUID().uuidString.prefix(8).lowercased())" }
}

extension TestHost {
    /// Runs `tokenctl`, and kills it unless it ends before.
    func tokenctl(_ words: [String], killedAfter delay: Duration) throws {
        let process = try ChildProcess(
            command(words),
            variables: variables
        )
        usleep(UInt32(delay / .microseconds(1)))
        process.send(SIGKILL)
        _ = process.exitCode()
    }
}
#endif
