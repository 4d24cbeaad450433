#if PostgreSQL
import Foundation
import Testing

import RegistryPostgreSQL

@Suite("A PostgreSQL server that ends under load", .serialized)
struct ServerEndTests {
    @Test("The server is killed under load and started again: nothing acknowledged is lost or doubled")
    func killedServer() throws {
        let server = try PostgreSQLServer()
        let load = try RedemptionLoad(server.registry())
        let daemons = try [load.host.startDaemon("a"), load.host.startDaemon("b")]
        let clients = load.startClients(through: daemons.map(\.socketPath))
        for third in 1...2 {
            load.wait(for: load.tokens * third / 3)
            try server.kill()
            try server.start()
        }
        for client in clients { try client.answer() }
        for daemon in daemons { #expect(daemon.stop() == 0) }
        print("a server killed twice: \(try RedemptionTruth(server.address()).verify(load))")
    }

    @Test("A synchronous standby is promoted under load: daemons and commands find it, and are told the truth")
    func promotedStandby() throws {
        let primary = try PostgreSQLServer()
        let standby = try primary.makeSynchronousStandby()
        let load = try RedemptionLoad(primary.registry(others: [standby]))
        let daemons = try [load.host.startDaemon("a"), load.host.startDaemon("b")]
        // The last of the tokens are for commands, one after the other.
        let forCommands = load.tokens / 20
        let clients = load.startClients(through: daemons.map(\.socketPath), upTo: load.tokens - forCommands)
        let commands = Background {
            let tokens = Array((load.tokens - forCommands + 1)...load.tokens)
            try load.redeemByCommand(tokens, on: RedemptionLoad.tenants[0])
        }
        load.wait(for: load.tokens / 2)
        try primary.kill()
        try standby.promote()
        for work in clients + [commands] { try work.answer() }
        for daemon in daemons { #expect(daemon.stop() == 0) }
        let truth = try RedemptionTruth(standby.address())
        print("a standby promoted: \(try truth.verify(load))")
    }
}
#endif
